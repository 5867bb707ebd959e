import { K8sApp, type K8sAppArgs } from '../src/index.js';
import { record, type RecordedResource, type Recording } from '@mcp-stacks/recorder';

/** Records a program that makes one workload, `echo`. */
export function recordApp(args: K8sAppArgs | (() => K8sAppArgs)): Promise<Recording> {
  return record(() => {
    new K8sApp('echo', typeof args === 'function' ? args() : args);
  });
}

/** The only resource of a kind, as `Deployment`. */
export function only({ resources }: Recording, kind: string): RecordedResource {
  const found = resources.filter(({ type }) => type.endsWith(`:${kind}`));
  if (found.length !== 1 || found[0] === undefined)
    throw new Error(`${found.length} resources of kind ${kind}`);
  return found[0];
}

/** What a workload's pods are, loosely typed for looking into. */
export interface PodSpec {
  readonly containers: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly [field: string]: unknown;
}

export interface Container {
  readonly name: string;
  readonly image: unknown;
  readonly env?: readonly { readonly name: string }[];
  readonly restartPolicy?: string;
  readonly securityContext: Readonly<Record<string, unknown>>;
}

interface DeploymentSpec {
  readonly replicas?: number;
  readonly selector: unknown;
  readonly template: {
    readonly metadata: { readonly labels: unknown; readonly annotations?: Readonly<Record<string, unknown>> };
    readonly spec: PodSpec;
  };
}

export function deploymentSpec(recording: Recording): DeploymentSpec {
  return only(recording, 'Deployment').inputs.spec as DeploymentSpec;
}
