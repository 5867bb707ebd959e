/** The file of a stack's manifests, relative to the workspace's root. */
export function manifestPath(stack: string, environment: string): string {
  return `dist/render/${environment}/${stack}.yaml`;
}
