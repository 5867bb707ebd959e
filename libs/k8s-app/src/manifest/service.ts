import type { core } from '@pulumi/kubernetes';
import type { Input } from '@pulumi/pulumi';
import { DEFAULTS } from '../defaults.js';
import type { K8sAppArgs } from '../k8s-app-args.js';
import { selectorLabels } from '../labels.js';
import type { ServicePort } from '../service-ports.js';

/** The Service's arguments. */
export function serviceManifest(
  args: K8sAppArgs,
  workload: string,
  labels: Readonly<Record<string, Input<string>>>,
  ports: readonly ServicePort[],
): core.v1.ServiceArgs {
  const service = args.service === false ? {} : (args.service ?? {});
  const sessionAffinity = service.sessionAffinity ?? DEFAULTS.sessionAffinity;
  return {
    metadata: {
      name: workload,
      namespace: args.namespace,
      labels,
      ...(service.annotations !== undefined && { annotations: service.annotations }),
    },
    spec: {
      type: service.type ?? DEFAULTS.serviceType,
      selector: selectorLabels(workload),
      ports: ports.map(({ name, port, protocol, appProtocol }) => ({
        name,
        port,
        targetPort: name,
        protocol,
        ...(appProtocol !== undefined && { appProtocol }),
      })),
      sessionAffinity,
      ...(sessionAffinity === 'ClientIP' && {
        sessionAffinityConfig: {
          clientIP: {
            timeoutSeconds: service.sessionAffinityTimeoutSeconds ?? DEFAULTS.sessionAffinityTimeoutSeconds,
          },
        },
      }),
    },
  };
}
