import type { autoscaling, types } from '@pulumi/kubernetes';
import { DEFAULTS } from '../defaults.js';
import type { AutoscalerArgs } from '../k8s-app-args.js';

/** The spec of the HorizontalPodAutoscaler of the Deployment `workload`. */
export function autoscalerSpec(
  workload: string,
  args: AutoscalerArgs,
): autoscaling.v2.HorizontalPodAutoscalerArgs['spec'] {
  const cpu =
    args.targetCpuUtilizationPercent ??
    (args.metrics === undefined ? DEFAULTS.targetCpuUtilizationPercent : undefined);
  const metrics: types.input.autoscaling.v2.MetricSpec[] = [
    ...(cpu === undefined
      ? []
      : [
          {
            type: 'Resource',
            resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: cpu } },
          },
        ]),
    ...(args.metrics ?? []),
  ];
  return {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: workload },
    minReplicas: args.minReplicas,
    maxReplicas: args.maxReplicas,
    metrics,
    ...(args.behavior !== undefined && { behavior: args.behavior }),
  };
}
