import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
// The compiled one: it tells by its own code what it may take over.
import { FaultlessObjects } from '../dist/checks/faultless-objects.js';
import { schemaProblems } from '../dist/checks/schema-problems.js';
import { type Manifest } from '../src/manifests/manifest.js';

const good = configMap({ a: 'b' });
const bad = configMap({ a: 1 });

function configMap(data: object, isPatch = false): Manifest {
  const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data };
  return { object, isPatch } as unknown as Manifest;
}

function packages(folder: string, text: string): string {
  const file = join(folder, 'packages.json');
  writeFileSync(file, text);
  return file;
}

let folder: string;
let cache: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mcp-stacks-'));
  cache = join(folder, 'cache/faultless');
});

/** What a run knows before and finds; it keeps what it found. */
async function run(
  installed: string,
  ...manifests: Manifest[]
): Promise<{ known: boolean; problems: number }[]> {
  const faultless = FaultlessObjects.ofFormerRuns(cache, packages(folder, installed));
  const results: { known: boolean; problems: number }[] = [];
  for (const manifest of manifests) {
    const known = faultless.yaml(manifest) !== undefined;
    results.push({ known, problems: (await schemaProblems(manifest, faultless)).length });
  }
  faultless.save();
  return results;
}

const checked = { known: false, problems: 0 };
const taken = { known: true, problems: 0 };
const refused = { known: false, problems: 1 };

test('what was found faultless is not checked again, what was not is', async () => {
  expect(await run('1', good, good, bad)).toEqual([checked, taken, refused]);
  expect(await run('1', good, bad, configMap({ a: 'c' }), configMap({ a: 'b' }, true))).toEqual([
    taken,
    refused,
    checked,
    checked,
  ]);
});

test('other packages, other judge: nothing is taken over, and nothing stays behind', async () => {
  await run('1', good);
  const [former] = readdirSync(cache);
  expect(await run('2', good)).toEqual([checked]);
  expect(readdirSync(cache)).toHaveLength(1);
  expect(readdirSync(cache)).not.toContain(former);
});

test('what the file holds beside fingerprints makes nothing faultless', async () => {
  await run('1', good);
  const [file = ''] = readdirSync(cache);
  writeFileSync(join(cache, file), '\n\n{}\nAAAA\n["A"]\n[1,2]\n');
  expect(await run('1', good, bad)).toEqual([checked, refused]);
});

test('where nothing can be kept, everything is checked', async () => {
  writeFileSync(join(folder, 'cache'), 'a file in the way');
  expect(await run('1', good)).toEqual([checked]);
  expect(await run('1', good)).toEqual([checked]);
  expect(FaultlessObjects.ofFormerRuns(folder, join(folder, 'nowhere')).yaml(good)).toBe(undefined);
});
