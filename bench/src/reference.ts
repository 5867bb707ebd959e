import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Bench } from './contestant.js';
import { renderedObjects, type StackObjects } from './objects/reference-objects.js';
import { runProcess } from './run/run-process.js';

/** The command that users run, as its own process. */
export const RENDER = 'tools/render/bin/render.cjs';

const made = new WeakMap<Bench, Promise<readonly StackObjects[]>>();

/** The objects that this workspace's render makes now, which every contestant must make too. */
export async function referenceObjects(bench: Bench): Promise<readonly StackObjects[]> {
  const known = made.get(bench);
  if (known !== undefined) return await known;
  const making = (async () => {
    if (!existsSync(join(bench.root, RENDER))) throw new Error(`${RENDER} is not there`);
    await runProcess({ program: process.execPath, args: [RENDER], cwd: bench.root });
    return renderedObjects(bench.root);
  })();
  made.set(bench, making);
  return await making;
}
