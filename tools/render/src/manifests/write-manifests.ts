import { join } from 'node:path';
import { type RenderedChain } from '../chain/rendered-chain.js';
import { FaultlessObjects } from '../checks/faultless-objects.js';
import { manifestPath } from './manifest-path.js';
import { manifestYaml, toYaml } from './manifest-yaml.js';
import { writeAtOnce } from './write-at-once.js';

/**
 * Writes `dist/render/<environment>/<stack>.yaml` of every selected stack, each at once: a reader never sees half a
 * file.
 *
 * @param faultless What need not be written anew.
 * @returns The files, absolute.
 */
export function writeManifests(
  { root, environments }: RenderedChain,
  faultless = new FaultlessObjects(),
): readonly string[] {
  return environments.flatMap(({ stacks }) =>
    stacks
      .filter(({ selected }) => selected)
      .map(({ stack, environment, manifests, leftOut }) => {
        const file = join(root, manifestPath(stack.name, environment));
        const objects = manifests.map((manifest) => faultless.yaml(manifest) ?? toYaml(manifest.object));
        writeAtOnce(file, manifestYaml({ stack: stack.name, environment, objects, leftOut }));
        return file;
      }),
  );
}
