import { type KubernetesObject, type LeftOutSecret, type StackSummary } from '@mcp-stacks/render';

/** Manifests as `render` writes them: a folder with `<environment>/<stack>.yaml`. */
export interface Rendering {
  readonly environments: readonly EnvironmentRendering[];
}

export interface EnvironmentRendering {
  readonly name: string;
  readonly stacks: readonly StackRendering[];
}

/** One stack in one environment. */
export interface StackRendering {
  readonly stack: string;
  /** In the order of the file, the Secrets that are left out at the end. */
  readonly objects: readonly RenderedObject[];
  /** What the manifests do not say; absent where an older version of `render` wrote them. */
  readonly summary?: StackSummary;
}

/** One object of a stack. */
export interface RenderedObject {
  /** API group, kind, namespace and name: the same object as long as they are the same. */
  readonly key: string;
  /** `Deployment tools/server` */
  readonly name: string;
  /** A Secret has {@link HIDDEN} for each value. */
  readonly object: KubernetesObject;
  /** For people; a Secret's values are left out. */
  readonly yaml: string;
  /** Tells whether the values of a Secret changed, without telling them; absent where they are not known. */
  readonly secretDigests?: Readonly<Record<string, string>>;
}

/** What is known of a Secret without its values. */
export type { LeftOutSecret };

/** Stands for every value of a Secret. */
export const HIDDEN = '[not shown]';
