/** The file of a stack's manifests, relative to the workspace's root. */
export function manifestPath(stack: string, environment: string): string {
  return `dist/render/${environment}/${stack}.yaml`;
}

/**
 * The file of what the manifests do not say, relative to the workspace's root: JSON, but not called so, because
 * `kubectl apply -f dist/render/dev` takes every `.json` for an object.
 */
export function summaryPath(stack: string, environment: string): string {
  return `dist/render/${environment}/${stack}.summary`;
}
