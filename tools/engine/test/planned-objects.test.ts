import { readWorkspace } from '@mcp-stacks/workspace';
import { plannedObjects } from '../src/takeover/planned-objects.js';
import { createTempWorkspace, type TempWorkspace } from './support/temp-workspace.js';

const PROGRAM = `
const { defineConfig, secretString, stackProgram } = require('@mcp-stacks/stack');
module.exports = stackProgram(__dirname, defineConfig('base', { token: secretString() }), async () => ({}));
`;

describe('what a stack deploys that needs a secret', () => {
  let workspace: TempWorkspace;
  beforeAll(() => {
    workspace = createTempWorkspace();
    workspace.write('stacks/base/dist/index.js', PROGRAM);
    for (const name of ['dev', 'shared']) workspace.write(`stacks/base/Pulumi.${name}.yaml`, 'config: {}\n');
  });
  afterAll(() => {
    workspace.remove();
  });

  const plan = async (name: string) => {
    const read = readWorkspace(workspace.root);
    const environment = read.environments.get(name);
    if (environment === undefined) throw new Error(`no environment ${name}`);
    return await plannedObjects(read, environment, ['base']);
  };

  test('is known once the secret is set, which on the local backend stands in the working copy alone', async () => {
    expect(await plan('dev')).toEqual({ unknown: 'Pulumi.dev.yaml of base: 1 problem' });
    for (const name of ['dev', 'shared']) {
      workspace.write(
        `.pulumi-local/config/${name}/base/Pulumi.${name}.yaml`,
        'encryptionsalt: v1:salt\nconfig:\n  base:token: { secure: v1:text }\n',
      );
    }
    expect(await plan('dev')).toEqual({ objects: [] });
    expect(await plan('shared')).toHaveProperty('unknown');
  });
});
