import { ConfigMap, Secret } from '@pulumi/kubernetes/core/v1';
import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import * as debuggable from '@pulumi/pulumi/runtime/debuggable.js';
import { Struct } from 'google-protobuf/google/protobuf/struct_pb';
import { inProcessStruct } from '../src/in-process-struct.js';
import { record, SecretValue, UnknownValue } from '../src/index.js';

class Pair extends pulumi.ComponentResource {
  constructor(name: string, opts?: pulumi.ComponentResourceOptions) {
    super('test:index:Pair', name, {}, opts);
    new ConfigMap(
      `${name}-map`,
      { metadata: { name: 'map' }, data: { user: 'me', token: pulumi.secret('hunter2') } },
      { parent: this, protect: true },
    );
    new Secret(
      `${name}-secret`,
      { metadata: { name: 'secret' }, stringData: { token: 'hunter2' } },
      { parent: this, retainOnDelete: true, aliases: [{ name: 'old' }] },
    );
    this.registerOutputs({});
  }
}

function byName(recording: Awaited<ReturnType<typeof record>>, name: string) {
  const found = recording.resources.find((resource) => resource.name === name);
  if (found === undefined) throw new Error(`${name} was not registered`);
  return found;
}

test('resources keep parent, options, provider and the place of a secret', async () => {
  const recording = await record(
    () => {
      const provider = new k8s.Provider('cluster', { context: 'here' });
      new Pair('pair', { providers: [provider] });
    },
    { project: 'p', stack: 'dev' },
  );
  const secret = byName(recording, 'pair-secret');
  expect(secret.urn).toBe('urn:pulumi:dev::p::test:index:Pair$kubernetes:core/v1:Secret::pair-secret');
  expect(secret.parent).toBe('urn:pulumi:dev::p::test:index:Pair::pair');
  expect(secret.provider).toMatch(/^urn:pulumi:dev::p::pulumi:providers:kubernetes::cluster::/);
  expect(secret.options).toMatchObject({ retainOnDelete: true, aliases: [{ name: 'old' }] });
  expect(byName(recording, 'pair-map').options.protect).toBe(true);
  expect(byName(recording, 'pair').custom).toBe(false);
  // The SDK marks the data of a Secret as a whole; a secret elsewhere stays where it was put.
  expect((secret.inputs.stringData as SecretValue).value).toEqual({ token: 'hunter2' });
  const data = byName(recording, 'pair-map').inputs.data as Record<string, unknown>;
  expect(data.user).toBe('me');
  expect((data.token as SecretValue).value).toBe('hunter2');
  expect(JSON.stringify(recording)).not.toContain('hunter2');
});

test('outputs flow into a program that runs after it in the same process', async () => {
  const upstream = await record(() => ({ name: 'ns', token: pulumi.secret({ a: 'hunter2' }), list: [1, 2] }));
  const downstream = await record(
    async () => {
      const reference = new pulumi.StackReference('organization/up/dev');
      const details = await reference.getOutputDetails('token');
      return {
        name: reference.getOutput('name'),
        list: reference.getOutput('list'),
        secret: details.secretValue as unknown,
      };
    },
    { stackOutputs: (name) => (name === 'organization/up/dev' ? upstream.outputs : undefined) },
  );
  expect(downstream.outputs).toEqual({ name: 'ns', list: [1, 2], secret: { a: 'hunter2' } });
  expect(downstream.stackReferences).toEqual(['organization/up/dev']);
});

test('what only a deployment tells is unknown, unless it is given', async () => {
  const program = () => {
    const map = new ConfigMap('map', { data: {} });
    return { uid: map.metadata.uid, kind: map.kind };
  };
  expect((await record(program)).outputs.uid).toBeInstanceOf(UnknownValue);
  const given = await record(program, { computedOutputs: () => ({ metadata: { uid: 'u-1' } }) });
  expect(given.outputs.uid).toBe('u-1');
});

test('configuration and logs', async () => {
  const recording = await record(
    async () => {
      const config = new pulumi.Config('p');
      await pulumi.log.warn(`careful with ${config.require('name')}`);
      return { token: config.requireSecret('token') };
    },
    { config: { 'p:name': 'n', 'p:token': 'hunter2' }, secretKeys: ['p:token'] },
  );
  expect(recording.logs).toEqual([{ severity: 'warning', message: 'careful with n' }]);
  expect(recording.outputs.token).toBeInstanceOf(SecretValue);
});

test.each([
  [
    'thrown',
    () => {
      throw new Error('boom');
    },
    'boom',
  ],
  ['rejected', () => Promise.reject(new Error('boom')), 'boom'],
  [
    'thrown in an apply that nothing awaits',
    () => {
      pulumi.output(1).apply(() => {
        throw new Error('boom');
      });
    },
    'boom',
  ],
  [
    'thrown in the input of a resource',
    () => {
      new ConfigMap('m', {
        data: pulumi.output(1).apply(() => {
          throw new Error('boom');
        }),
      });
    },
    'boom',
  ],
  [
    'two resources of one URN',
    () => {
      new ConfigMap('m', {});
      new ConfigMap('m', {});
    },
    "Duplicate resource URN 'urn:pulumi:stack::project::kubernetes:core/v1:ConfigMap::m'",
  ],
  [
    'a stack that does not exist',
    async () => {
      await new pulumi.StackReference('o/x/dev').getOutputDetails('a');
    },
    'unknown stack "o/x/dev"',
  ],
])('an error is reported once, and the next run is not disturbed: %s', async (_what, program, message) => {
  await expect(record(program)).rejects.toThrow(message);
  expect((await record(() => ({ fine: true }))).outputs).toEqual({ fine: true });
});

test('no trace is taken that nobody reads; an error keeps its own', async () => {
  const { stackTrace } = pulumi.Resource as unknown as { stackTrace: (skip: number) => unknown[] };
  const { debuggablePromise } = debuggable as unknown as {
    debuggablePromise: <T>(promise: Promise<T>, context: string) => Promise<T>;
  };
  const taken: unknown[] = [];
  const program = () => {
    const source = pulumi.Resource as unknown as { stackTrace: typeof stackTrace };
    const promises = debuggable as unknown as { debuggablePromise: typeof debuggablePromise };
    const promise = Promise.resolve() as Promise<void> & { _debugStackTrace?: string };
    void promises.debuggablePromise(promise, 'context');
    taken.push(source.stackTrace(0), promise._debugStackTrace);
    throw new Error('boom');
  };
  await expect(record(program)).rejects.toMatchObject({
    stack: expect.stringContaining(__filename) as string,
  });
  expect(taken).toEqual([[], undefined]);
  expect(pulumi.Resource).toHaveProperty('stackTrace', stackTrace);
  expect(debuggable).toHaveProperty('debuggablePromise', debuggablePromise);
});

test.each([
  ['nothing', {}],
  [
    'every kind of value',
    { text: 'a', number: -0.5, not: Number.NaN, yes: true, none: null, list: [[], {}] },
  ],
  ['keys in any order', { b: { d: 1, c: [{ f: 1, e: 2 }] }, a: 1, 10: 1, 9: 1, A: 1 }],
])('values arrive as the messages of the engine would bring them: %s', async (_what, values) => {
  const wire = Struct.deserializeBinary(Struct.fromJavaScript(values).serializeBinary()).toJavaScript();
  const recording = await record(() => {
    new ConfigMap('map', { data: values as unknown as Record<string, string> });
  });
  const { data } = byName(recording, 'map').inputs;
  expect(data).toEqual(wire);
  expect(JSON.stringify(data)).toBe(JSON.stringify(wire));
});

test.each([[undefined], [() => 1], [1n]])('a value that no message may hold is refused: %p', (value) => {
  const values = { list: [value] } as never;
  expect(() => Struct.fromJavaScript(values)).toThrow('Unexpected struct type.');
  expect(() => inProcessStruct(values)).toThrow('Unexpected struct type.');
});
