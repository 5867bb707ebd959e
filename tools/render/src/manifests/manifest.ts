import { type RecordedResource } from '@mcp-stacks/recorder';
import { type KubernetesObject, objectName } from './kubernetes-object.js';

/** One Kubernetes object of a stack. */
export interface Manifest {
  readonly object: KubernetesObject;
  /** What the program registered. */
  readonly resource: RecordedResource;
  /** Whether it only sets some fields of an object that something else owns: Pulumi's `…Patch` types. */
  readonly isPatch: boolean;
}

/** A Secret that holds secret values: deployed, but in no file. */
export interface LeftOutSecret {
  readonly name: string;
  readonly namespace?: string;
  /** Its keys in alphabetical order. */
  readonly keys: readonly string[];
}

/** How a Secret that is left out reads: its name and its keys. */
export function leftOutText({ keys, ...metadata }: LeftOutSecret): string {
  return `${objectName({ kind: 'Secret', metadata })}: ${keys.join(', ') || 'no keys'}`;
}
