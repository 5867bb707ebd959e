import type { ContainerArgs } from './container-args.js';
import type { K8sAppArgs } from './k8s-app-args.js';
import { argumentPath } from './validation/paths.js';

/** One container of a workload, with what the workload makes of it. */
export interface WorkloadContainer {
  readonly name: string;
  readonly role: 'main' | 'sidecar' | 'nativeSidecar' | 'init';
  /** Where its author wrote it, for messages: `args.sidecars.proxy`. */
  readonly path: string;
  readonly args: ContainerArgs;
}

/**
 * All containers of a workload, in the order in which Kubernetes starts them: init containers, native sidecars
 * (after the init containers, whose files they may read), the main container, the other sidecars.
 */
export function workloadContainers(workload: string, args: K8sAppArgs): readonly WorkloadContainer[] {
  const inits = Object.entries(args.initContainers ?? {}).map(([name, container]): WorkloadContainer => ({
    name,
    role: 'init',
    path: argumentPath('args.initContainers', name),
    args: container,
  }));
  const sidecars = Object.entries(args.sidecars ?? {}).map(([name, container]): WorkloadContainer => ({
    name,
    role: container.native === true ? 'nativeSidecar' : 'sidecar',
    path: argumentPath('args.sidecars', name),
    args: container,
  }));
  return [
    ...inits,
    ...sidecars.filter(({ role }) => role === 'nativeSidecar'),
    { name: workload, role: 'main', path: 'args.container', args: args.container },
    ...sidecars.filter(({ role }) => role === 'sidecar'),
  ];
}
