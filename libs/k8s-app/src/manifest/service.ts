import type { core } from '@pulumi/kubernetes';
import type { Input } from '@pulumi/pulumi';
import { DEFAULTS } from '../defaults.js';
import type { K8sAppArgs } from '../k8s-app-args.js';
import { selectorLabels } from '../labels.js';
import type { ServicePort } from '../service-ports.js';

/**
 * The Deployment is waited for, and the selector is the pods' own: that the Service has endpoints follows. The
 * provider's own wait takes at least ten quiet seconds a Service (`provider/pkg/await/service.go`). The address of
 * a load balancer follows from nothing, so there it stays.
 */
const SKIP_AWAIT = { 'pulumi.com/skipAwait': 'true' };

/** The Service's arguments. */
export function serviceManifest(
  args: K8sAppArgs,
  workload: string,
  labels: Readonly<Record<string, Input<string>>>,
  ports: readonly ServicePort[],
): core.v1.ServiceArgs {
  const service = args.service === false ? {} : (args.service ?? {});
  const type = service.type ?? DEFAULTS.serviceType;
  const annotations = { ...(type !== 'LoadBalancer' && SKIP_AWAIT), ...service.annotations };
  const sessionAffinity = service.sessionAffinity ?? DEFAULTS.sessionAffinity;
  return {
    metadata: {
      name: workload,
      namespace: args.namespace,
      labels,
      ...(Object.keys(annotations).length > 0 && { annotations }),
    },
    spec: {
      type,
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
