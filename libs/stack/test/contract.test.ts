import { record, SecretValue } from '@mcp-stacks/recorder';
import * as pulumi from '@pulumi/pulumi';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { consume, consumeOutside, publish } from '../src/index.js';

const contract = {
  stack: 'base',
  outputs: z.strictObject({
    name: z.string(),
    ports: z.array(z.int()),
    note: z.string().optional(),
  }),
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'contract-'));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ nx: { implicitDependencies: ['base'] } }));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Publishes in one program and consumes in another, as a chain does. */
async function chain(outputs: Record<string, unknown>) {
  return await record(async () => await consume(contract, folder), {
    project: 'top',
    stack: 'dev',
    stackOutputs: (name) => (name === 'organization/base/dev' ? outputs : undefined),
  });
}

test('what one stack publishes another consumes, promised values too', async () => {
  const base = await record(() => publish(contract, { name: pulumi.output('ns'), ports: [1, 2] }));
  expect((await chain(base.outputs)).outputs).toEqual({ name: 'ns', ports: [1, 2] });
});

test('publish and consume agree in types', () => {
  // @ts-expect-error: a renamed output does not compile
  const renamed = () => publish(contract, { title: 'ns', ports: [] });
  const read = async () => {
    const outputs = await consume(contract, folder);
    // @ts-expect-error: neither does reading one that was renamed
    return outputs.title as unknown;
  };
  expect([renamed, read]).toHaveLength(2);
});

test.each<[string, () => Promise<unknown>, string]>([
  [
    'a plain output of another shape is refused by its publisher',
    () => record(() => publish(contract, { name: 'ns', ports: ['80'] as unknown as number[] })),
    'The outputs that base publishes: 1 problem\n\n  1. ports[0]\n       found:    "80"\n       expected: a number',
  ],
  [
    'a promised one too',
    () =>
      record(() =>
        publish(contract, { name: pulumi.output(5) as unknown as pulumi.Output<string>, ports: [] }),
      ),
    'The outputs that base publishes: 1 problem\n\n  1. name\n       found:    another value\n       expected: a text',
  ],
  [
    'a missing and a wrong output at once, with the command that mends it',
    () => chain({ ports: 'none' }),
    'The outputs of the stack organization/base/dev: 2 problems\n\n' +
      '  1. output name\n       found:    nothing\n       expected: a text\n       fix:      deploy base as it is now: npx nx run base:up -c dev\n\n' +
      '  2. output ports\n       found:    "none"\n       expected: a list\n',
  ],
  [
    'an output that became secret, without its value',
    () => chain({ name: new SecretValue('hunter2'), ports: [] }),
    '  1. output name\n       found:    a secret\n       expected: a text\n',
  ],
  [
    'a stack that was never deployed',
    () => record(async () => await consume(contract, folder), { project: 'top', stack: 'prod' }),
    'top builds on the stack organization/base/prod: 1 problem\n\n' +
      '  1. the stack organization/base/prod\n       found:    no stack of this name\n' +
      '       expected: a deployed stack with the outputs name, ports, note\n' +
      '       fix:      npx nx run base:up -c prod',
  ],
  [
    'a stack that is not declared',
    () => record(async () => await consume({ ...contract, stack: 'other' }, folder), { project: 'top' }),
    'top reads the outputs of other: 1 problem\n\n  1. nx.implicitDependencies in its package.json\n       found:    ["base"]',
  ],
])('%s', async (_what, run, message) => {
  await expect(run()).rejects.toThrow(message);
});

describe('a stack outside this workspace', () => {
  const shape = z.strictObject({ account: z.string(), secret: z.string() });
  const outside = (paths: { account: string; secret: string }) =>
    record(async () => await consumeOutside('organization/gate/x', paths, shape, 'top:identityOutputs'), {
      project: 'top',
      stackOutputs: (name) =>
        name === 'organization/gate/x'
          ? { outputs: { 'account-name': 'a', 'key-name': 's' }, flat: 1 }
          : undefined,
    });

  test('its values are found by their paths', async () => {
    const { outputs } = await outside({ account: 'outputs.account-name', secret: 'outputs.key-name' });
    expect(outputs).toEqual({ account: 'a', secret: 's' });
  });

  test('a secret object gives its names all the same, and no message shows a value of it', async () => {
    const read = (account: string) =>
      record(
        async () =>
          await consumeOutside(
            'organization/gate/x',
            { account, secret: 'all.key' },
            shape,
            'top:identityOutputs',
          ),
        { stackOutputs: () => ({ all: new SecretValue({ name: 'a', key: 's', port: 4711 }) }) },
      );
    expect((await read('all.name')).outputs).toEqual({ account: 'a', secret: 's' });
    await expect(read('all.port')).rejects.toThrow('  1. output all.port\n       found:    a secret\n');
  });

  test('wrong paths are named together with what is there', async () => {
    await expect(outside({ account: 'outputs.acount', secret: 'flat' })).rejects.toThrow(
      'The outputs of the stack organization/gate/x: 2 problems\n\n' +
        '  1. output outputs.acount\n       found:    nothing\n       expected: a text\n' +
        '       fix:      correct top:identityOutputs.account; the stack has outputs.account-name, outputs.key-name, flat\n',
    );
  });
});
