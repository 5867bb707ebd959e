import type { Ended } from './commands.js';

/** One way to get the chain of a workspace onto the cluster. */
export interface Deployer {
  /**
   * Deploys and waits until all of it is ready.
   *
   * @param stacks Names of stacks, whose upstreams are there. @default the whole chain
   */
  up(stacks?: readonly string[]): Promise<Ended>;

  /**
   * Deletes what was deployed, in reverse, and waits until it is gone.
   *
   * @param stacks Names of stacks that nothing builds on. @default the whole chain
   */
  destroy(stacks?: readonly string[]): Promise<Ended>;
}
