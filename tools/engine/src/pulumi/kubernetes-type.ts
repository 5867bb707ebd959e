/** API version and kind of a resource type of the Kubernetes provider: `kubernetes:apps/v1:Deployment`. */
export interface KubernetesType {
  /** `v1`, `apps/v1` */
  readonly apiVersion: string;
  readonly kind: string;
}

/** `undefined` for what is no object of its own: other providers' resources, and patches (`…Patch`). */
export function kubernetesType(type: string): KubernetesType | undefined {
  const [, apiVersion = '', kind = ''] = /^kubernetes:([^:]+):(\w+)$/.exec(type) ?? [];
  if (kind === '' || kind.endsWith('Patch')) return undefined;
  return { apiVersion: apiVersion.replace(/^core\//, ''), kind };
}
