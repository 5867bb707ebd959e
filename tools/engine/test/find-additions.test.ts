import { findAdditions } from '../src/drift/find-additions.js';

interface Row {
  readonly declared: object;
  readonly live: object;
  /** FieldsV1 of what somebody wrote. */
  readonly fields: object;
  readonly by?: { readonly manager?: string; readonly subresource?: string };
  readonly found: object;
}

const container = (more: object) => ({
  spec: { template: { spec: { containers: [{ name: 'a', ...more }] } } },
});
const containerFields = (more: object) => ({
  'f:spec': { 'f:template': { 'f:spec': { 'f:containers': { 'k:{"name":"a"}': { '.': {}, ...more } } } } },
});
const IN_CONTAINER = 'spec.template.spec.containers.0';

const table: Record<string, Row> = {
  'a verb in a rule, which is written as a whole': {
    declared: { rules: [{ verbs: ['get'] }] },
    live: { rules: [{ verbs: ['get', 'delete'] }] },
    fields: { 'f:rules': {} },
    found: { 'rules.0.verbs.1': 'delete' },
  },
  'a rule': {
    declared: { rules: [{ verbs: ['get'] }] },
    live: { rules: [{ verbs: ['get'] }, { verbs: ['*'] }] },
    fields: { 'f:rules': {} },
    found: { 'rules.1': { verbs: ['*'] } },
  },
  'a subject of a binding': {
    declared: { subjects: [{ kind: 'ServiceAccount', name: 'a' }] },
    live: {
      subjects: [
        { kind: 'ServiceAccount', name: 'a' },
        { kind: 'User', name: 'eve' },
      ],
    },
    fields: { 'f:subjects': {} },
    found: { 'subjects.1': { kind: 'User', name: 'eve' } },
  },
  'an environment variable': {
    declared: container({ env: [{ name: 'A', value: '1' }] }),
    live: container({
      env: [
        { name: 'NEW', value: 'x' },
        { name: 'A', value: '1' },
      ],
    }),
    fields: containerFields({ 'f:env': { 'k:{"name":"NEW"}': { '.': {}, 'f:name': {}, 'f:value': {} } } }),
    found: { [`${IN_CONTAINER}.env.0`]: { name: 'NEW', value: 'x' } },
  },
  'the first environment variable of a container': {
    declared: container({}),
    live: container({ env: [{ name: 'NEW', value: 'x' }] }),
    fields: containerFields({ 'f:env': { '.': {}, 'k:{"name":"NEW"}': { '.': {}, 'f:value': {} } } }),
    found: { [`${IN_CONTAINER}.env`]: [{ name: 'NEW', value: 'x' }] },
  },
  'a field of the pod': {
    declared: { spec: { template: { spec: {} } } },
    live: { spec: { template: { spec: { hostNetwork: true } } } },
    fields: { 'f:spec': { 'f:template': { 'f:spec': { 'f:hostNetwork': {} } } } },
    found: { 'spec.template.spec.hostNetwork': true },
  },
  'a finalizer-like set': {
    declared: { spec: { externalIPs: ['1.1.1.1'] } },
    live: { spec: { externalIPs: ['1.1.1.1', '2.2.2.2'] } },
    fields: { 'f:spec': { 'f:externalIPs': { 'v:"2.2.2.2"': {}, 'v:"1.1.1.1"': {} } } },
    found: { 'spec.externalIPs.1': '2.2.2.2' },
  },
  'a port beside one that does not state its protocol': {
    declared: { spec: { ports: [{ port: 80 }] } },
    live: {
      spec: {
        ports: [
          { port: 80, protocol: 'TCP' },
          { port: 81, protocol: 'TCP' },
        ],
      },
    },
    fields: {
      'f:spec': {
        'f:ports': {
          'k:{"port":80,"protocol":"TCP"}': { 'f:port': {} },
          'k:{"port":81,"protocol":"TCP"}': { '.': {} },
        },
      },
    },
    found: { 'spec.ports.1': { port: 81, protocol: 'TCP' } },
  },
  'no value that only changed: the provider tells': {
    declared: { spec: { replicas: 1 } },
    live: { spec: { replicas: 3 } },
    fields: { 'f:spec': { 'f:replicas': {} } },
    found: {},
  },
  'no field that was changed and changed back': {
    declared: { rules: [{ verbs: ['get'] }] },
    live: { rules: [{ verbs: ['get'] }] },
    fields: { 'f:rules': {} },
    found: {},
  },
  'no label, annotation or restart': {
    declared: { spec: { template: {} } },
    live: {
      metadata: { labels: { a: 'b' } },
      spec: { template: { metadata: { annotations: { at: 'now' } } } },
    },
    fields: {
      'f:metadata': { 'f:labels': { 'f:a': {} } },
      'f:spec': { 'f:template': { 'f:metadata': { 'f:annotations': { 'f:at': {} } } } },
    },
    found: {},
  },
  'no field that its writer has removed since': {
    declared: { spec: {} },
    live: { spec: {} },
    fields: { 'f:spec': { 'f:paused': {} } },
    found: {},
  },
  'nothing in a value that is secret': {
    declared: { data: '[secret]' },
    live: { data: { token: 'x' } },
    fields: { 'f:data': { '.': {}, 'f:token': {} } },
    found: {},
  },
  'no number of replicas of an autoscaler': {
    declared: { spec: {} },
    live: { spec: { replicas: 3 } },
    fields: { 'f:spec': { 'f:replicas': {} } },
    by: { manager: 'somebody', subresource: 'scale' },
    found: {},
  },
  'nothing of a controller of the cluster': {
    declared: { spec: {} },
    live: { spec: { volumeName: 'v' } },
    fields: { 'f:spec': { 'f:volumeName': {} } },
    by: { manager: 'kube-controller-manager' },
    found: {},
  },
  'nothing that Pulumi wrote, defaults and webhooks included': {
    declared: { spec: {} },
    live: { spec: { dnsPolicy: 'ClusterFirst' } },
    fields: { 'f:spec': { 'f:dnsPolicy': {} } },
    by: { manager: 'pulumi-kubernetes-1a2b' },
    found: {},
  },
};

test.each(Object.entries(table))('finds %s', (_, { declared, live, fields, by, found }) => {
  const managedFields = [{ manager: 'kubectl-edit', ...by, fieldsV1: fields }];
  const metadata = { ...(live as { metadata?: object }).metadata, managedFields };
  const additions = findAdditions(declared, { ...live, metadata });
  expect(Object.fromEntries(additions.map(({ path, value }) => [path.join('.'), value]))).toEqual(found);
});
