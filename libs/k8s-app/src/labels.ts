import type { Input } from '@pulumi/pulumi';
import type { K8sAppArgs } from './k8s-app-args.js';

/** What a selector stands on: it cannot change in a Deployment's life, so nothing that may change is in it. */
export function selectorLabels(workload: string): Readonly<Record<string, string>> {
  return { 'app.kubernetes.io/name': workload, 'app.kubernetes.io/instance': workload };
}

/** The labels of every object of the workload: https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/ */
export function workloadLabels(workload: string, args: K8sAppArgs): Record<string, Input<string>> {
  return {
    ...args.labels,
    ...(args.version !== undefined && { 'app.kubernetes.io/version': args.version }),
    ...(args.component !== undefined && { 'app.kubernetes.io/component': args.component }),
    ...(args.partOf !== undefined && { 'app.kubernetes.io/part-of': args.partOf }),
    'app.kubernetes.io/managed-by': 'pulumi',
    ...selectorLabels(workload),
  };
}
