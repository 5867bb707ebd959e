/**
 * Makes the images that the suite needs from package registries alone and gives them to the local test cluster, whose
 * command `TESTBED` names. What is in the cache folder (`E2E_CACHE`) already is not made again. Without `TESTBED` the
 * cluster is assumed to pull its images.
 */
import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { makeImage } from './image.ts';
import { RECIPES } from './recipes.ts';
import { report } from './report.ts';
import { run } from './run.ts';

const testbed = process.env.TESTBED ?? '';
if (testbed === '') {
  console.log('TESTBED is not set: the cluster pulls its images by itself.');
} else {
  const cache = process.env.E2E_CACHE ?? join(homedir(), '.cache', 'mcp-stacks-e2e');
  mkdirSync(join(cache, 'images'), { recursive: true });
  const done = report('all images');
  // Each to its end, so that no build is left running where another fails.
  const made = await Promise.allSettled(
    RECIPES.map(async (recipe) => await makeImage(cache, testbed, await recipe(cache))),
  );
  const failures = made.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []));
  if (failures.length > 0) {
    console.error(failures.join('\n'));
    process.exit(1);
  }
  const loaded = report(`given to the cluster: ${made.length} images`);
  await run(testbed, ['load', ...made.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))]);
  loaded();
  done();
}
