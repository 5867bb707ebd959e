import { ProblemsError } from '@mcp-stacks/problem';
import {
  ChainProblemsError,
  type KubernetesObject,
  renderChain,
  type RenderedStack,
} from '@mcp-stacks/render';
import { randomBytes } from 'node:crypto';
import { type Ended, kubectl, kubectlWith } from '../engine/commands.js';
import type { Deployer } from '../engine/deployer.js';
import { becomeReady } from './become-ready.js';

/** Who owns the fields that the rendered manifests state. */
export const FIELD_MANAGER = 'mcp-stacks';

/** An object of the cluster by what tells it from others. */
type Reference = Pick<KubernetesObject, 'apiVersion' | 'kind' | 'metadata'>;

/**
 * By server-side apply of the rendered manifests, stack after stack, as somebody without the engine would: what a stack
 * states of its own objects wins, what the render does not state any more is deleted, and a stack comes after the ones
 * before it are ready. It remembers what it made, as the engine's state does.
 */
export class ApplyDeployer implements Deployer {
  readonly #root: string;
  readonly #environment: string;
  /** What each stack made and a destroy deletes, in the order of the making. */
  readonly #made = new Map<string, readonly Reference[]>();

  /** @param root The workspace's folder. */
  constructor(root: string, environment: string) {
    this.#root = root;
    this.#environment = environment;
  }

  async up(stacks?: readonly string[]): Promise<Ended> {
    let rendered: readonly RenderedStack[];
    try {
      rendered = await this.#render(stacks);
    } catch (error) {
      if (!(error instanceof ChainProblemsError) && !(error instanceof ProblemsError)) throw error;
      return { code: 1, output: error.message };
    }
    let output = '';
    for (const stack of rendered) {
      for (const step of [
        () => this.#apply(stack),
        () => this.#prune(stack),
        () => becomeReady(stack.manifests),
      ]) {
        const ended = step();
        output += ended.output;
        if (ended.code !== 0) return { code: ended.code, output };
      }
      for (const text of [...stack.warnings, ...stack.notes]) output += `${text}\n`;
    }
    return { code: 0, output };
  }

  destroy(stacks: readonly string[] = [...this.#made.keys()]): Promise<Ended> {
    let output = '';
    for (const stack of [...this.#made.keys()].reverse()) {
      if (!stacks.includes(stack)) continue;
      const ended = remove(this.#made.get(stack) ?? []);
      output += ended.output;
      if (ended.code !== 0) return Promise.resolve({ code: ended.code, output });
      this.#made.delete(stack);
    }
    return Promise.resolve({ code: 0, output });
  }

  async #render(stacks?: readonly string[]): Promise<readonly RenderedStack[]> {
    const chain = await renderChain({
      root: this.#root,
      environments: [this.#environment],
      ...(stacks !== undefined && { stacks }),
    });
    return chain.environments.flatMap((environment) => environment.stacks.filter(({ selected }) => selected));
  }

  #apply(stack: RenderedStack): Ended {
    const objects = stack.manifests.filter(({ isPatch }) => !isPatch).map(({ object }) => object);
    const namespaces = objects.filter(({ kind }) => kind === 'Namespace');
    const made = this.#made.get(stack.stack.name) ?? [];
    const secrets = stack.leftOut.map(referenceToSecret);
    const now = [...namespaces, ...secrets, ...objects.filter((one) => !namespaces.includes(one))];
    const retained = stack.manifests.filter(({ resource }) => resource.options.retainOnDelete === true);
    const deletable = now.filter((one) => !retained.some(({ object }) => object === one));
    // Before anything is sent: what fails half-way is to be deleted as well.
    this.#made.set(stack.stack.name, [...deletable, ...made.filter((one) => !includes(now, one))]);

    const apply = ['apply', '--server-side', '--field-manager', FIELD_MANAGER, '--validate=strict'] as const;
    const ended: Ended[] = [];
    const all: readonly (readonly [objects: readonly unknown[], args: readonly string[]])[] = [
      // Of an object that somebody else made, what others state is not overruled.
      [stack.manifests.filter(({ isPatch }) => isPatch).map(({ object }) => object), apply],
      [namespaces, [...apply, '--force-conflicts']],
      // Their values stay the same as long as they exist.
      [stack.leftOut.filter((one) => !exists(referenceToSecret(one))).map(randomSecret), ['create']],
      [objects.filter((one) => !namespaces.includes(one)), [...apply, '--force-conflicts']],
    ];
    for (const [some, args] of all) {
      if (some.length === 0) continue;
      ended.push(kubectlWith(some, ...args));
      if (ended.at(-1)?.code !== 0) break;
    }
    return { code: ended.at(-1)?.code ?? 0, output: ended.map(({ output }) => output).join('') };
  }

  /** Deletes what an earlier `up` made and this one does not state. */
  #prune({ stack, manifests, leftOut }: RenderedStack): Ended {
    const stated = [...manifests.map(({ object }) => object), ...leftOut.map(referenceToSecret)];
    const made = this.#made.get(stack.name) ?? [];
    const ended = remove(made.filter((one) => !includes(stated, one)));
    this.#made.set(
      stack.name,
      made.filter((one) => includes(stated, one)),
    );
    return ended;
  }
}

type LeftOut = RenderedStack['leftOut'][number];

function referenceToSecret({ name, namespace }: LeftOut): Reference {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, ...(namespace !== undefined && { namespace }) },
  };
}

function randomSecret(secret: LeftOut): Reference & { readonly stringData: Record<string, string> } {
  return {
    ...referenceToSecret(secret),
    stringData: Object.fromEntries(secret.keys.map((key) => [key, randomBytes(24).toString('base64url')])),
  };
}

function includes(objects: readonly Reference[], one: Reference): boolean {
  return objects.some(
    (other) =>
      other.apiVersion === one.apiVersion &&
      other.kind === one.kind &&
      other.metadata.name === one.metadata.name &&
      other.metadata.namespace === one.metadata.namespace,
  );
}

function exists({ kind, metadata: { name, namespace = '' } }: Reference): boolean {
  const { code, output } = kubectl(
    ...['get', kind, name, '--namespace', namespace, '--ignore-not-found', '--output', 'name'],
  );
  if (code !== 0) throw new Error(output);
  return output !== '';
}

/** Deletes objects in reverse and waits until they are gone. */
function remove(objects: readonly Reference[]): Ended {
  if (objects.length === 0) return { code: 0, output: '' };
  const references = [...objects].reverse().map(({ apiVersion, kind, metadata: { name, namespace } }) => ({
    apiVersion,
    kind,
    metadata: { name, namespace },
  }));
  return kubectlWith(references, 'delete', '--ignore-not-found', '--wait', '--cascade=foreground');
}
