import { K8sApp } from '@mcp-stacks/k8s-app';
import { ProblemsError } from '@mcp-stacks/problem';
import { record, SecretValue, type RecordedResource, type Recording } from '@mcp-stacks/recorder';
import { execFileSync } from 'node:child_process';
import { McpInspector, type McpInspectorArgs } from '../src/index.js';

const V1 = 'ghcr.io/modelcontextprotocol/inspector:0.17.2';
const V2 = 'ghcr.io/modelcontextprotocol/inspector:2.12.0';
const TOKEN = 'Hunter2Hunter2Hunter2Hunter2Hunter2Hunter2Hunter';
const TOKEN_IN_BASE64 = Buffer.from(TOKEN).toString('base64');
const ARGS: McpInspectorArgs = { namespace: 'tools', image: V2, serverUrl: 'http://127.0.0.1:8080/mcp' };

/** Registers the inspector and a server that runs it. */
async function recorded(args: Partial<McpInspectorArgs>, token?: string): Promise<Recording> {
  return record(
    () => {
      const inspector = new McpInspector('echo', { ...ARGS, ...args });
      new K8sApp('echo', {
        namespace: 'tools',
        container: { image: 'ghcr.io/example/echo:1.2.3', ports: { http: { containerPort: 8080 } } },
        sidecars: { inspector: inspector.sidecar },
        volumes: inspector.volumes,
      });
      return {
        generation: inspector.generation,
        ports: inspector.ports,
        secretName: inspector.secretName,
        portForward: inspector.portForward,
      };
    },
    {
      computedOutputs: (type) =>
        token !== undefined && type === 'random:index/randomPassword:RandomPassword'
          ? { result: new SecretValue(token) }
          : {},
    },
  );
}

function only({ resources }: Recording, type: string): RecordedResource {
  const found = resources.filter((resource) => resource.type.endsWith(`:${type}`));
  if (found[0] === undefined || found.length > 1)
    throw new Error(`${found.length} resources of type ${type}`);
  return found[0];
}

interface Pod {
  readonly containers: readonly {
    readonly name: string;
    readonly env?: readonly { readonly name: string }[];
  }[];
  readonly volumes: unknown;
}

function pod(recording: Recording): Pod {
  const { spec } = only(recording, 'Deployment').inputs as { spec: { template: { spec: Pod } } };
  return spec.template.spec;
}

function inspectorContainer(recording: Recording) {
  const container = pod(recording).containers.find(({ name }) => name === 'inspector');
  if (container === undefined) throw new Error('the pod has no inspector');
  return container;
}

test('the type token is the one that deployed stacks know, and the children hang under it', async () => {
  const recording = await recorded({});
  const component = only(recording, 'McpInspector');
  expect(component.type).toBe('mcp-stacks:mcp-inspector:McpInspector');
  const children = recording.resources.filter(({ parent }) => parent === component.urn);
  expect(children.map(({ type, name }) => `${type} ${name}`)).toEqual([
    'random:index/randomPassword:RandomPassword echo-token',
    'kubernetes:core/v1:Secret echo-secret',
  ]);
});

test.each([
  ['v1', V1],
  ['v2', V2],
])('%s in the pod of its server', async (generation, image) => {
  const recording = await recorded({ image });
  expect(recording.outputs.generation).toBe(generation);
  expect({
    ports: recording.outputs.ports,
    container: inspectorContainer(recording),
    volumes: pod(recording).volumes,
  }).toMatchSnapshot();
});

test.each([V1, V2])('%s is not exposed', async (image) => {
  const recording = await recorded({ image });
  // No port at all, so that a Service cannot come to name one either.
  expect(inspectorContainer(recording)).not.toHaveProperty('ports');
  expect(only(recording, 'Service').inputs.spec).toMatchObject({ ports: [{ name: 'http', port: 8080 }] });
  expect(inspectorContainer(recording)).not.toHaveProperty('readinessProbe');
  expect(inspectorContainer(recording).env?.map(({ name }) => name)).not.toContain('DANGEROUSLY_OMIT_AUTH');
});

test.each([V1, V2])('the token of %s is nowhere in plain text', async (image) => {
  const recording = await recorded({ image }, TOKEN);
  const { data } = only(recording, 'Secret').inputs as { data: SecretValue };
  expect(data.value).toEqual({ token: TOKEN_IN_BASE64 });
  const text = JSON.stringify(recording);
  expect(text).not.toContain(TOKEN);
  expect(text).not.toContain(TOKEN_IN_BASE64);
});

test('the pods wait for the Secret, and everything but its content is known in a preview from nothing', async () => {
  const recording = await recorded({});
  const { urn, inputs } = only(recording, 'Secret');
  expect(inputs.metadata).toEqual({
    name: 'echo-inspector',
    namespace: 'tools',
    labels: { 'app.kubernetes.io/part-of': 'echo', 'app.kubernetes.io/managed-by': 'pulumi' },
  });
  expect(recording.outputs.secretName).toBe('echo-inspector');
  expect(only(recording, 'Deployment').options.dependsOn).toContain(urn);
  expect(JSON.stringify(only(recording, 'Deployment').inputs)).not.toMatch(/\[(unknown|secret)\]/);
});

test('another token version makes a new token and rolls the pods', async () => {
  const [one, other] = [await recorded({ tokenVersion: '1' }), await recorded({ tokenVersion: '2' })];
  expect(only(one, 'RandomPassword').inputs).toEqual({
    length: 48,
    special: false,
    keepers: { version: '1' },
  });
  expect(only(other, 'RandomPassword').inputs.keepers).toEqual({ version: '2' });
  expect(pod(one)).not.toEqual(pod(other));
});

test('resources that are given replace the defaults one by one; transforms reach both children', async () => {
  const recorder = await recorded({
    resources: { limits: { memory: '1Gi' } },
    transform: {
      token: (args) => ({ ...args, length: 64 }),
      secret: (_args, opts) => {
        opts.retainOnDelete = true;
        return undefined;
      },
    },
  });
  expect(inspectorContainer(recorder)).toMatchObject({
    resources: { requests: { cpu: '50m', memory: '192Mi' }, limits: { cpu: '500m', memory: '1Gi' } },
  });
  expect(only(recorder, 'RandomPassword').inputs.length).toBe(64);
  expect(only(recorder, 'Secret').options.retainOnDelete).toBe(true);
});

test.each<[image: string, explicit: McpInspectorArgs['generation'], generation: string]>([
  ['inspector:1.99.0', undefined, 'v1'],
  ['inspector:v0.17.2', undefined, 'v1'],
  ['inspector:2.0.0-rc.1', undefined, 'v2'],
  ['registry.local:5000/inspector:3.0.0', undefined, 'v2'],
  [`inspector:2.12.0@sha256:${'0'.repeat(64)}`, undefined, 'v2'],
  [`inspector@sha256:${'0'.repeat(64)}`, 'v1', 'v1'],
  ['inspector:our-build', 'v1', 'v1'],
  ['inspector:1.0.0-of-our-own', 'v2', 'v2'],
])('%s with generation %s is a %s', async (image, generation, expected) => {
  const { outputs } = await recorded({ image, ...(generation !== undefined && { generation }) });
  expect(outputs.generation).toBe(expected);
});

test.each<[what: string, args: Partial<McpInspectorArgs>, where: string]>([
  ['no tag', { image: 'ghcr.io/modelcontextprotocol/inspector' }, 'args.image'],
  ['no tag behind a port', { image: 'registry.local:5000/inspector' }, 'args.image'],
  ['an empty tag', { image: 'inspector:' }, 'args.image'],
  ['latest', { image: 'inspector:latest' }, 'args.image'],
  ['latest with a generation', { image: 'inspector:latest', generation: 'v2' }, 'args.image'],
  ['a tag that is no version', { image: 'inspector:main' }, 'args.image'],
  ['a tag that moves', { image: 'inspector:2' }, 'args.image'],
  ['a digest alone', { image: `inspector@sha256:${'0'.repeat(64)}` }, 'args.image'],
  ['a URL without scheme', { serverUrl: '127.0.0.1:8080/mcp' }, 'args.serverUrl'],
  ['a URL of another scheme', { serverUrl: 'ws://127.0.0.1:8080/mcp' }, 'args.serverUrl'],
  ['a URL with credentials', { serverUrl: `http://me:${TOKEN}@127.0.0.1:8080/mcp` }, 'args.serverUrl'],
  ['a bad URL with credentials', { serverUrl: `http://me:${TOKEN}@127.0.0.1:x/mcp` }, 'args.serverUrl'],
  ['root', { runAsUser: 0 }, 'args.runAsUser'],
  ['half a user', { runAsUser: 1.5 }, 'args.runAsUser'],
  ['a name that is no DNS label', { name: 'Echo_1' }, 'args.name'],
])('%s is refused', async (_what, args, where) => {
  const error = await recorded(args).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ProblemsError);
  const { problems, message } = error as ProblemsError;
  expect(problems.map((problem) => problem.where)).toEqual([where]);
  expect(message).not.toContain(TOKEN);
});

test('all problems are reported at once', async () => {
  const args = { name: 'E', image: 'inspector', serverUrl: 'mcp', runAsUser: 0 };
  await expect(recorded(args)).rejects.toThrowErrorMatchingSnapshot();
});

test.each([
  ['v1', V1],
  ['v2', V2],
])('the commands for %s print what to open and forward every port', async (_generation, image) => {
  const serverUrl = 'http://127.0.0.1:8080/mcp?a=b&c=$(touch d)';
  const { outputs } = await recorded({ image, serverUrl }, TOKEN);
  const text = String(outputs.portForward);
  expect(text).toMatchSnapshot();
  // A cluster's place is taken by a function that answers with the Secret's value, or says what it was asked.
  const kubectl = `kubectl() { case "$*" in *'get secret'*) printf %s '${TOKEN_IN_BASE64}';; *) echo "$@";; esac; }`;
  expect(execFileSync('bash', ['-euc', `${kubectl}\n${text}`], { encoding: 'utf8' })).toMatchSnapshot();
});
