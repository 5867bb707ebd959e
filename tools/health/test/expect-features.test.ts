import type { KubernetesObject } from '@mcp-stacks/render';
import { expectFeatures } from '../src/index.js';

interface Settings {
  readonly image?: string;
  readonly args?: readonly string[];
  readonly env?: readonly object[];
  readonly annotations?: object;
  readonly replicas?: number;
  readonly inspector?: string;
  readonly volumes?: readonly object[];
}

function server(name: string, settings: Settings = {}): KubernetesObject {
  const {
    image = 'acme/search:1',
    args = ['http'],
    env = [],
    annotations = {},
    replicas = 1,
    inspector,
    volumes = [],
  } = settings;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'team', labels: { 'app.kubernetes.io/component': 'mcp-server' } },
    spec: {
      replicas,
      template: {
        metadata: { annotations },
        spec: {
          containers: [
            ...(inspector === undefined ? [] : [{ name: 'inspector', image: inspector }]),
            { name, image, args, env, volumeMounts: [{ name: 'config', mountPath: '/etc/search' }] },
          ],
          volumes: [{ name: 'config', configMap: { name: 'search' } }, ...volumes],
        },
      },
    },
  };
}

const others: readonly KubernetesObject[] = [
  { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'no-server', namespace: 'team' } },
  { apiVersion: 'v1', kind: 'Service', metadata: { name: 's', namespace: 'team' } },
];

test.each<[string, Settings, readonly string[]]>([
  ['nothing', {}, []],
  ['replicas', { replicas: 3 }, []],
  ['the inspector beside it', { inspector: 'inspector:2' }, []],
  ['a volume of somebody else', { volumes: [{ name: 'token', secret: {} }] }, []],
  ['an annotation that rolls the pods', { annotations: { 'team/restarted': '2' } }, []],
  ['the image', { image: 'acme/search:2' }, ['image "acme/search:1", now "acme/search:2"']],
  [
    'arguments and environment',
    { args: [], env: [{ name: 'READ_ONLY', value: '1' }] },
    ['arguments', 'environment'],
  ],
  ['what is in its files', { annotations: { 'checksum/config': 'b' } }, ['configuration']],
])('%s', (_title, settings, because) => {
  const [only, ...more] = expectFeatures(
    [server('search'), ...others],
    [server('search', settings), ...others],
  );
  expect(more).toEqual([]);
  expect(only).toEqual({
    namespace: 'team',
    name: 'search',
    features: because.length === 0 ? 'the same' : 'unknown',
    because,
  });
});

test('servers come and go', () => {
  expect(expectFeatures([server('old')], [server('young')])).toMatchObject([
    { name: 'old', features: 'gone' },
    { name: 'young', features: 'new' },
  ]);
});
