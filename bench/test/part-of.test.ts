import { partOf } from '../src/time/part-of.js';

const LOADER = 'require@node:internal/modules/cjs/loader';

test.each([
  ['compiling a module', 'wrapSafe', ['@file:///w/node_modules/yaml/index.js', LOADER], 'loads yaml'],
  ['a module that loads others', LOADER, ['@file:///w/node_modules/zod/v4/index.cjs'], 'loads zod'],
  ['a package inside a package', LOADER, ['@file:///n/node_modules/a/node_modules/@b/c/i.js'], 'loads @b/c'],
  ['our own module, loaded', LOADER, ['@file:///w/libs/stack/dist/index.js'], 'loads what is compiled of'],
  ["a module's own code", '@file:///w/libs/stack/dist/index.js', [LOADER], 'loads what is compiled of'],
  ['a program', 'K8sApp@file:///w/libs/k8s-app/dist/k8s-app.js', [], 'runs the programs'],
  [
    'what a check calls',
    'x@file:///w/node_modules/ajv/a.js',
    ['c@file:///w/tools/render/dist/checks/c.js'],
    'checks',
  ],
  ['a package after an await', 'x@file:///w/node_modules/@pulumi/pulumi/output.js', [], 'runs the programs'],
  ['the collector', '(garbage collector)', ['c@file:///w/tools/render/dist/checks/c.js'], 'collects garbage'],
])('%s', (_what, leaf, callers, part) => {
  const frame = (text: string) => {
    const at = text.indexOf('@');
    return at === -1
      ? { functionName: text, url: '' }
      : { functionName: text.slice(0, at), url: text.slice(at + 1) };
  };
  expect(partOf([...callers, leaf].map(frame))).toContain(part);
});
