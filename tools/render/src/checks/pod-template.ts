import { type FieldPath, valueAt } from '../manifests/field-path.js';
import { type KubernetesObject } from '../manifests/kubernetes-object.js';

/** Where the pod template of each kind of workload stands; of a Pod it is the object itself. */
const TEMPLATES: Readonly<Record<string, FieldPath>> = {
  Pod: [],
  Deployment: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
  DaemonSet: ['spec', 'template'],
  ReplicaSet: ['spec', 'template'],
  Job: ['spec', 'template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
};

/** The lists of a pod's containers of every sort. */
export const CONTAINER_LISTS = ['initContainers', 'containers', 'ephemeralContainers'] as const;

/** The part of a pod template that this package reads. */
export interface PodTemplate {
  readonly metadata?: { readonly labels?: Readonly<Record<string, string>> };
  readonly spec?: Readonly<Partial<Record<(typeof CONTAINER_LISTS)[number], readonly Container[]>>>;
}

export interface Container {
  readonly name?: string;
  readonly image?: string;
  readonly ports?: readonly {
    readonly name?: string;
    readonly containerPort?: number;
    readonly protocol?: string;
  }[];
}

/** The path of a workload's pod template; `undefined` for an object that makes no pods. */
export function podTemplatePath({ kind }: KubernetesObject): FieldPath | undefined {
  return TEMPLATES[kind];
}

/** The pod template of a workload. */
export function podTemplate(object: KubernetesObject): PodTemplate | undefined {
  const path = podTemplatePath(object);
  return path === undefined ? undefined : (valueAt(object, path) as PodTemplate | undefined);
}

/** All containers of a pod, in the order in which they start. */
export function containersOf({ spec }: PodTemplate): readonly Container[] {
  return CONTAINER_LISTS.flatMap((list) => spec?.[list] ?? []);
}
