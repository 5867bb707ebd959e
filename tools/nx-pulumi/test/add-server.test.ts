import { createTree } from '@nx/devkit/testing';
import { addServer } from '../src/generators/add-server.js';

const FILE = 'Pulumi.dev.yaml';
const head = 'config:\n  a:namespace:\n    name: team # ours\n';

test.each([
  [
    'the last line of the file',
    `${head}  a:servers:\n    one: {}`,
    `${head}  a:servers:\n    one: {}\n    two: {}\n`,
  ],
  [
    'a comment after the last server',
    `${head}  a:servers:\n    one: {} # x\n  a:b: c\n`,
    `${head}  a:servers:\n    one: {} # x\n    two: {}\n  a:b: c\n`,
  ],
  ['one line', `${head}  a:servers: { one: {} }\n`, `${head}  a:servers: { one: {}, two: {} }\n`],
  ['no server yet', `${head}  a:servers: {}\n`, `${head}  a:servers: { two: {} }\n`],
  ['no key', head, `${head}  a:servers:\n    two: {}\n`],
  [
    'the server already',
    `${head}  a:servers:\n    two: { x: 1 }\n`,
    `${head}  a:servers:\n    two: { x: 1 }\n`,
  ],
])('a file with %s', (_, before, after) => {
  const tree = createTree();
  tree.write(FILE, before);
  expect(addServer(tree, FILE, 'a', 'two')).toBe('team');
  expect(tree.read(FILE, 'utf8')).toBe(after);
});
