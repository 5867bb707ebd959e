import { kubectlWith } from './commands.js';
import { type Deployment, SUCCESS } from './deployment.js';

/** Leaves a deployment's namespace no room for more pods than these, so that nothing of a Deployment itself is wrong. */
export class PodQuota {
  readonly #deployment: Deployment;

  /** @param pods How many there may be. */
  constructor(deployment: Deployment, pods: number) {
    this.#deployment = deployment;
    const metadata = { name: 'pods', namespace: deployment.namespace };
    const spec = { hard: { pods: String(pods) } };
    expect(kubectlWith([{ apiVersion: 'v1', kind: 'ResourceQuota', metadata, spec }], 'apply')).toEqual(
      SUCCESS,
    );
    // It holds from when a controller has counted, which is a moment later.
    const counted = `--for=jsonpath={.status.hard.pods}=${pods}`;
    expect(deployment.kubectl('wait', 'resourcequota/pods', counted, '--timeout=120s')).toEqual(SUCCESS);
  }

  lift(): void {
    expect(this.#deployment.kubectl('delete', 'resourcequota', 'pods')).toEqual(SUCCESS);
  }
}
