import { type RenderedStack } from '../chain/rendered-chain.js';
import { containersOf, podTemplate } from '../checks/pod-template.js';
import { type LeftOutSecret } from '../manifests/manifest.js';
import { type ReachedPort } from './reach.js';

/** What is to be said of a stack in one environment beside its manifests: plain data, without secret values. */
export interface StackSummary {
  readonly stack: string;
  readonly environment: string;
  /** The stacks whose outputs it reads, direct ones only. */
  readonly upstreams: readonly string[];
  /** Each once, in the order of the objects. */
  readonly images: readonly string[];
  /** Its ports, and who reaches them. */
  readonly exposed: readonly ReachedPort[];
  /** Whom each workload reaches. */
  readonly egress: readonly { readonly workload: string; readonly to: readonly string[] }[];
  /** Secrets with secret values, which are in no file. */
  readonly leftOut: readonly LeftOutSecret[];
  /** Objects that a destroy does not delete. */
  readonly kept: readonly string[];
  /** What was taken for the outputs of stacks outside the workspace. */
  readonly assumed: readonly { readonly stack: string; readonly outputs: readonly string[] }[];
  /** Resources that no manifest can stand for. */
  readonly notRendered: readonly string[];
  readonly notes: readonly string[];
  readonly warnings: readonly string[];
}

/** What the table, the file beside the manifests and every other report say of a stack. */
export function stackSummary(rendered: RenderedStack): StackSummary {
  const { stack, environment, manifests, reach, leftOut, kept, assumed, notRendered, notes, warnings } =
    rendered;
  const templates = manifests.flatMap(({ object }) => podTemplate(object) ?? []);
  const images = templates.flatMap((template) => containersOf(template).flatMap(({ image }) => image ?? []));
  return {
    stack: stack.name,
    environment,
    upstreams: stack.upstreams,
    images: [...new Set(images)],
    exposed: reach.ingress,
    egress: reach.egress,
    leftOut,
    kept,
    assumed,
    notRendered,
    notes,
    warnings,
  };
}
