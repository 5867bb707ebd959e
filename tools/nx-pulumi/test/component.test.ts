import { ProblemsError } from '@mcp-stacks/problem';
import { type Tree, writeJson } from '@nx/devkit';
import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import { generateComponent } from '../src/generators/component.js';

let tree: Tree;
beforeEach(() => {
  // Prettier loads itself in a way that Jest does not know.
  process.env.NX_SKIP_FORMAT = 'true';
  tree = createTreeWithEmptyWorkspace();
  writeJson(tree, 'tsconfig.json', { files: [], references: [] });
  for (const library of ['problem', 'recorder', 'k8s-app']) {
    const peerDependencies = { '@pulumi/pulumi': '^3.1.0' };
    const engines = { node: '>=20' };
    writeJson(tree, `libs/${library}/package.json`, { version: '0.2.0', engines, peerDependencies });
  }
  tree.write('eslint.config.mjs', "const mayUse = {\n  'lib:problem': [],\n};\n");
});

function files(): Record<string, string> {
  return Object.fromEntries(tree.listChanges().map(({ path, content }) => [path, content?.toString() ?? '']));
}

test('a library with one component, which may import what it does', async () => {
  await generateComponent(tree, { name: 'rate-limit' });
  const made = files();
  const ofLibrary = Object.keys(made).filter((file) => file.startsWith('libs/rate-limit/'));
  expect(ofLibrary.sort()).toMatchSnapshot();
  expect(made['libs/rate-limit/src/rate-limit.ts']).toContain('export class RateLimit extends');
  expect(made['libs/rate-limit/package.json']).toMatchSnapshot();
  expect(made['eslint.config.mjs']).toContain("'lib:rate-limit': ['lib:problem'],\n  'lib:problem'");
  expect(made['tsconfig.json']).toContain('./libs/rate-limit');
});

test('run again it changes nothing', async () => {
  await generateComponent(tree, { name: 'rate-limit' });
  tree.write('libs/rate-limit/src/rate-limit.ts', '// edited');
  const before = files();
  await generateComponent(tree, { name: 'rate-limit' });
  expect(files()).toEqual(before);
});

test.each(['Rate', 'rate_limit', 'k8s-app'])('refused, and nothing written: %s', async (name) => {
  const before = files();
  await expect(generateComponent(tree, { name })).rejects.toThrow(ProblemsError);
  expect(files()).toEqual(before);
});
