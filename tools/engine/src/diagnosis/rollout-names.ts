/** What messages name besides the objects. */
export interface RolloutSubject {
  readonly stack: string;
  readonly environment: string;
  /** Kubeconfig context. */
  readonly context: string;
  /** The stacks that this one builds on: one of them makes namespace, accounts and volumes. */
  readonly upstreams: readonly string[];
}

/** What messages of one rollout name. */
export interface RolloutNames extends RolloutSubject {
  readonly deployment: string;
  readonly namespace: string;
  /** The file that its author edits. */
  readonly config: string;
}

/** The command that makes namespace, accounts and volumes of a stack that builds on others. */
export function makingCommand({
  upstreams,
  stack,
  environment,
}: Pick<RolloutSubject, 'upstreams' | 'stack' | 'environment'>): string {
  return (upstreams.length === 0 ? [stack] : upstreams)
    .map((name) => `npx engine up ${name} --env ${environment}`)
    .join('; ');
}
