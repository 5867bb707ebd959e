import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type CopyOptions, copyStacks } from '../src/copy-stacks.js';
import { readWorkspace } from '../src/index.js';

const temporary = mkdtempSync(join(tmpdir(), 'copy-'));
const root = join(temporary, 'root');
beforeAll(() => {
  for (const [path, text] of [
    ['nx.json', '{}'],
    ['package.json', '{}'],
    ['environments.yaml', 'dev: { backend: local }\n'],
    ['node_modules/yaml/package.json', '{}'],
    ['stacks/github/package.json', '{ "name": "github" }'],
    ['stacks/github/tsconfig.json', '{}'],
    ['stacks/github/Pulumi.yaml', 'name: github\nruntime: nodejs\nmain: dist/index.js\n'],
    ['stacks/github/Pulumi.dev.yaml', 'config: {}\n'],
    ['stacks/github/assumed.dev.yaml', '{}\n'],
    ['stacks/github/src/index.ts', ''],
    ['stacks/github/dist/index.js', ''],
  ] as const) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
});
afterAll(() => {
  rmSync(temporary, { recursive: true });
});

const FILES = ['nx.json', 'package.json', 'environments.yaml'];
const OF_STACK = ['package.json', 'Pulumi.yaml', 'Pulumi.dev.yaml', 'assumed.dev.yaml'];

const table: [options: CopyOptions, files: string[], ofStack: string[]][] = [
  [{}, FILES, OF_STACK],
  [{ linkPrograms: true }, FILES, [...OF_STACK, 'dist']],
  [{ linkPackages: true }, [...FILES, 'node_modules'], OF_STACK],
];

test.each(table)('a copy with %j', (options, files, ofStack) => {
  const folder = join(temporary, JSON.stringify(options));
  const stacks = copyStacks(root, folder, options);
  expect(stacks).toEqual(readWorkspace(root).stacks);
  expect(readWorkspace(folder).stacks.map(({ path }) => path)).toEqual(stacks.map(({ path }) => path));
  expect(readdirSync(folder).sort()).toEqual([...files, 'stacks'].sort());
  expect(readdirSync(join(folder, 'stacks/github')).sort()).toEqual([...ofStack].sort());
});
