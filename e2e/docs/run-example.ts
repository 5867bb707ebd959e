import { record, type Recording } from '@mcp-stacks/recorder';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ModuleKind, transpileModule } from 'typescript';
import { type Example, nameOf } from './example-problems.js';

/** Runs an example as a Pulumi program, without an engine; whatever it reads of its config is there. */
export async function runExample(example: Example): Promise<Recording> {
  const { outputText } = transpileModule(example.block.text, {
    compilerOptions: { module: ModuleKind.CommonJS, esModuleInterop: true },
  });
  // Inside of the workspace, where its packages are found.
  const folder = join(__dirname, '..', 'test-output', 'examples');
  const file = join(folder, `${nameOf(example)}.cjs`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, outputText);
  const keys = [...example.block.text.matchAll(/\.(?:get|require)(?:Secret)?\('(\w+)'\)/g)].map(
    ([, key = '']) => `project:${key}`,
  );
  return await record(() => createRequire(file)(file) as unknown, {
    project: 'project',
    config: Object.fromEntries(keys.map((key) => [key, 'example'])),
    secretKeys: keys,
  });
}
