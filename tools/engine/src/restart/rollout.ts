/** What of a Deployment tells how far its rollout is. */
export interface RolloutState {
  readonly metadata?: { readonly generation?: number };
  readonly spec?: { readonly paused?: boolean; readonly replicas?: number };
  readonly status?: {
    readonly observedGeneration?: number;
    readonly replicas?: number;
    readonly updatedReplicas?: number;
    readonly availableReplicas?: number;
    readonly conditions?: readonly {
      readonly type: string;
      readonly status?: string;
      readonly reason?: string;
      readonly message?: string;
    }[];
  };
}

/** How far a rollout is. */
export type Rollout =
  { readonly state: 'running' | 'done' } | { readonly state: 'failed'; readonly message: string };

/**
 * How far the rollout of a Deployment is, as `kubectl rollout status` tells it
 * (kubectl/pkg/polymorphichelpers/rollout_status.go). One that is paused never ends.
 */
export function rolloutOf({ metadata, spec, status }: RolloutState): Rollout {
  if ((status?.observedGeneration ?? 0) < (metadata?.generation ?? 0)) return { state: 'running' };
  if (spec?.paused === true)
    return { state: 'failed', message: 'its rollout is paused: kubectl rollout resume' };
  const progressing = status?.conditions?.find(({ type }) => type === 'Progressing');
  if (progressing?.reason === 'ProgressDeadlineExceeded') {
    return { state: 'failed', message: progressing.message ?? 'new pods did not become ready in time' };
  }
  const { replicas = 0, updatedReplicas = 0, availableReplicas = 0 } = status ?? {};
  const isDone =
    updatedReplicas >= (spec?.replicas ?? 1) &&
    replicas <= updatedReplicas &&
    availableReplicas >= updatedReplicas;
  return { state: isDone ? 'done' : 'running' };
}
