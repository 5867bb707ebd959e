import type { Ended } from './commands.js';
import type { Deployer } from './deployer.js';

/** Through the engine's command line, as a user would. */
export class EngineDeployer implements Deployer {
  readonly #engine: (...args: readonly string[]) => Ended;

  /** @param engine Runs the command line in the workspace. */
  constructor(engine: (...args: readonly string[]) => Ended) {
    this.#engine = engine;
  }

  up(stacks?: readonly string[]): Promise<Ended> {
    return Promise.resolve(this.#chain('up', stacks));
  }

  destroy(stacks?: readonly string[]): Promise<Ended> {
    return Promise.resolve(this.#chain('destroy', stacks));
  }

  #chain(verb: string, stacks?: readonly string[]): Ended {
    return this.#engine(
      'chain',
      verb,
      '--yes',
      ...(stacks === undefined ? [] : ['--stacks', stacks.join(',')]),
    );
  }
}
