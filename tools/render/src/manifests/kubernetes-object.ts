/** An object as the Kubernetes API takes it. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMeta;
  readonly [field: string]: unknown;
}

export interface ObjectMeta {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

/** How an object is named in messages and tables: `Deployment my-namespace/mcp-github`. */
export function objectName({ kind, metadata }: Pick<KubernetesObject, 'kind' | 'metadata'>): string {
  return `${kind} ${metadata.namespace === undefined ? '' : `${metadata.namespace}/`}${metadata.name}`;
}

/** The API group: `apps` of `apps/v1`, and nothing for the core group's `v1`. */
export function apiGroup(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
}

/** Whether it is a `v1/Secret`. */
export function isSecretObject({ apiVersion, kind }: { apiVersion?: unknown; kind?: unknown }): boolean {
  return apiVersion === 'v1' && kind === 'Secret';
}
