import { type Stack } from '@mcp-stacks/workspace';
import { type LeftOutSecret, type Manifest } from '../manifests/manifest.js';
import { type Reach } from '../report/reach.js';

/** What the whole chain would deploy. */
export interface RenderedChain {
  /** The workspace's folder, absolute. */
  readonly root: string;
  readonly environments: readonly RenderedEnvironment[];
}

/** One environment, its stacks in order: the selected ones and all that they build on. */
export interface RenderedEnvironment {
  readonly name: string;
  readonly stacks: readonly RenderedStack[];
  /** How long its programs and checks took, in milliseconds. */
  readonly milliseconds: number;
}

/** One stack in one environment. */
export interface RenderedStack {
  readonly stack: Stack;
  readonly environment: string;
  /** Whether somebody asked for it; else it only ran because another one builds on it. */
  readonly selected: boolean;
  /** The objects of its file, in the file's order. */
  readonly manifests: readonly Manifest[];
  /** The Secrets that are in no file, in alphabetical order. */
  readonly leftOut: readonly LeftOutSecret[];
  /** Resources that no manifest can stand for, as `type name`. */
  readonly notRendered: readonly string[];
  /** Objects that a destroy does not delete, as `Namespace tools (protected)`. */
  readonly kept: readonly string[];
  /** What was taken for the outputs of stacks outside the workspace: full name, and `output = value` for each. */
  readonly assumed: readonly { readonly stack: string; readonly outputs: readonly string[] }[];
  /** Who reaches its pods, and whom they reach. */
  readonly reach: Reach;
  /** What the program warned of, each once, and what the preview itself found. */
  readonly warnings: readonly string[];
  /** What the program said otherwise, each once. */
  readonly notes: readonly string[];
}
