import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { run } from './commands.js';
import { CONTEXT } from './mode.js';
import { Deployment, describeOn, type Ended, kubectl, SUCCESS } from './deployment.js';

const IDENTITY = 'organization/output-gateway/identity';
const ACCOUNT = 'pulumi-account';
const SECRET = 'pulumi-gcp';

/** Another team's project, on the backend that the chain uses: it makes the namespace, an account and a Secret. */
class OutsideProject {
  readonly #folder: string;
  readonly #deployment: Deployment;

  constructor(deployment: Deployment) {
    this.#deployment = deployment;
    this.#folder = join(deployment.root, 'output-gateway');
    mkdirSync(this.#folder);
    writeFileSync(
      join(this.#folder, 'Pulumi.yaml'),
      'name: output-gateway\nruntime: nodejs\nmain: index.js\n',
    );
    writeFileSync(
      join(this.#folder, 'index.js'),
      `
const k8s = require('@pulumi/kubernetes');
const pulumi = require('@pulumi/pulumi');
const provider = new k8s.Provider('cluster', { context: ${JSON.stringify(CONTEXT)} });
const name = ${JSON.stringify(deployment.namespace)};
const namespace = new k8s.core.v1.Namespace('namespace', { metadata: { name } }, { provider });
const at = (name) => ({ name, namespace: namespace.metadata.name });
const account = new k8s.core.v1.ServiceAccount('account', { metadata: at('${ACCOUNT}') }, { provider });
const secret = new k8s.core.v1.Secret(
  'gcp',
  { metadata: at('${SECRET}'), stringData: { 'credentials.json': '{"from":"outside"}' } },
  { provider },
);
exports.outputs = pulumi.secret({
  'namespace-name': namespace.metadata.name,
  'pulumi-account-name': account.metadata.name,
  'pulumi-gcp-secret-key-name': secret.metadata.name,
});
`,
    );
    expect(this.pulumi('stack', 'init', 'identity')).toEqual(SUCCESS);
  }

  pulumi(...args: readonly string[]): Ended {
    const local = join(this.#deployment.root, '.pulumi-local');
    const variables = [
      `PULUMI_BACKEND_URL=${pathToFileURL(join(local, 'state')).href}`,
      `PULUMI_CONFIG_PASSPHRASE_FILE=${join(local, 'passphrase')}`,
    ];
    return run('env', [...variables, 'pulumi', '--non-interactive', ...args], this.#folder);
  }
}

describeOn('engine', 'the identity of a stack outside this workspace', () => {
  let deployment: Deployment;
  let outside: OutsideProject;
  beforeAll(() => {
    deployment = new Deployment('outside-identity');
    deployment.set('namespace-rbac', 'namespace/ownership', 'adopt');
    deployment.set('namespace-rbac', 'identityStack', IDENTITY);
    deployment.set('namespace-rbac', 'identityOutputs', {
      namespace: 'outputs.namespace-name',
      pulumiAccountName: 'outputs.pulumi-account-name',
      gcpSecretKeyName: 'outputs.pulumi-gcp-secret-key-name',
    });
    deployment.set('pulumi-mcp', 'pulumiMcp/gcpCredentials', {
      mountPath: '/var/run/gcp',
      file: 'credentials.json',
    });
  });
  afterAll(() => {
    deployment.engine('chain', 'destroy', '--yes');
    outside.pulumi('destroy', '--yes', '--skip-preview');
    deployment[Symbol.dispose]();
  });

  test('which is not deployed, is named, and nothing is made', () => {
    const ended = deployment.engine('chain', 'up', '--yes');
    expect(ended.code).not.toBe(0);
    expect(ended.output).toContain(`the stack ${IDENTITY}`);
    expect(kubectl('get', 'namespace', deployment.namespace).code).not.toBe(0);
    outside = new OutsideProject(deployment);
    expect(outside.pulumi('up', '--yes', '--skip-preview')).toEqual(SUCCESS);
  });

  test('takes the place of ours: the server runs as its account, with its credentials', () => {
    expect(deployment.engine('chain', 'up', '--yes')).toEqual(SUCCESS);
    expect(deployment.get('serviceaccount', 'mcp-pulumi')).toBeUndefined();
    expect(deployment.get('deployment', 'mcp-pulumi')).toMatchObject({
      spec: { template: { spec: { serviceAccountName: ACCOUNT } } },
      status: { readyReplicas: 1 },
    });
    const print = ['--', 'node', '-p', 'fs.readFileSync("/var/run/gcp/credentials.json","utf8")'];
    const read = deployment.kubectl('exec', 'deployment/mcp-pulumi', '-c', 'mcp-pulumi', ...print);
    expect(read.output.trim()).toBe('{"from":"outside"}');
  });

  test.each([
    ['list', 'pods', 'yes'],
    ['get', 'secrets', 'no'],
    ['delete', 'pods', 'no'],
  ])('the Role is for it: %s %s? %s', (verb, resource, answer) => {
    const user = `system:serviceaccount:${deployment.namespace}:${ACCOUNT}`;
    const asked = deployment.kubectl('auth', 'can-i', verb, resource, '--as', user);
    expect(asked.output.split('\n')[0]).toBe(answer);
  });

  test('an output that it does not have is named with those that it has', () => {
    deployment.set('namespace-rbac', 'identityOutputs/pulumiAccountName', 'outputs.account');
    const ended = deployment.engine('preview', 'namespace-rbac');
    deployment.set('namespace-rbac', 'identityOutputs/pulumiAccountName', 'outputs.pulumi-account-name');
    expect(ended.code).not.toBe(0);
    expect(ended.output).toContain('output outputs.account');
    expect(ended.output).toMatch(/the stack has .*pulumi-account-name/);
    expect(ended.output).not.toMatch(/\n\s+at .*:\d+:\d+/);
  });

  test('destroy leaves what is not ours: the adopted namespace, the account, the Secret', () => {
    expect(deployment.engine('chain', 'destroy', '--yes')).toEqual(SUCCESS);
    expect(deployment.get('deployment', 'mcp-pulumi')).toBeUndefined();
    expect(deployment.get('role', 'mcp-pulumi')).toBeUndefined();
    expect(deployment.get('serviceaccount', ACCOUNT)).toBeDefined();
    expect(deployment.get('secret', SECRET)).toBeDefined();
    expect(
      kubectl('get', 'namespace', deployment.namespace, '--output', 'jsonpath={.status.phase}').output,
    ).toBe('Active');
  });
});
