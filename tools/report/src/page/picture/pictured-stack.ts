import { type StackRendering } from '../../compare/rendering.js';

/** A stack as the picture shows it. */
export interface PicturedStack {
  readonly name: string;
  readonly upstreams: readonly string[];
  /** Number of stacks that come before it, along the longest way. */
  readonly depth: number;
  readonly ports: readonly PicturedPort[];
  /** `2 objects change`; absent where nothing does, or nothing is known. */
  readonly change?: string;
}

export interface PicturedPort {
  /** `mcp-github:8082` */
  readonly name: string;
  readonly peers: readonly PicturedPeer[];
  /** Why nobody reaches it; absent where somebody does. */
  readonly nobody?: string;
}

/** Who reaches a port. */
export interface PicturedPeer {
  readonly name: string;
  /** Whether it is everybody, or close to it. */
  readonly isBroad: boolean;
  /** Whether it did not reach the port before. */
  readonly isNew: boolean;
}

const BROAD = /^(everyone|every namespace|anywhere|0\.0\.0\.0\/0|::\/0)/;

/**
 * @param stacks In the chain's order.
 * @param newExposure What came, as `port ← peer`.
 * @param changes What becomes of the objects of each stack, for people.
 */
export function picturedStacks(
  stacks: readonly StackRendering[],
  newExposure: ReadonlySet<string>,
  changes: ReadonlyMap<string, string>,
): readonly PicturedStack[] {
  const depths = new Map<string, number>();
  return stacks.map(({ stack, summary }) => {
    const upstreams = (summary?.upstreams ?? []).filter((name) => depths.has(name));
    const depth = Math.max(-1, ...upstreams.map((name) => depths.get(name) ?? 0)) + 1;
    depths.set(stack, depth);
    const change = changes.get(stack);
    return {
      name: stack,
      upstreams,
      depth,
      ports: (summary?.exposed ?? []).map(({ port, from }) => {
        const nobody = from.find((peer) => peer.startsWith('nobody'));
        return {
          name: port,
          peers: from
            .filter((peer) => !peer.startsWith('nobody'))
            .map((name) => ({
              name,
              isBroad: BROAD.test(name),
              isNew: newExposure.has(`${port} ← ${name}`),
            })),
          ...(nobody !== undefined && { nobody }),
        };
      }),
      ...(change !== undefined && { change }),
    };
  });
}
