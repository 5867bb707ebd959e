import { stringify } from 'yaml';
import { compareObjects } from '../src/compare/compare-objects.js';
import { compareRenderings } from '../src/compare/compare-renderings.js';
import { fieldChanges } from '../src/compare/field-changes.js';
import { readRendering } from '../src/compare/read-rendering.js';
import { renderedObject } from '../src/compare/rendered-object.js';
import { temporaryFolders } from './support/temporary-folders.js';

const object = (kind: string, name: string, fields: Record<string, unknown> = {}, apiVersion = 'v1') => {
  const whole = { apiVersion, kind, metadata: { name, namespace: 'tools' }, ...fields };
  return renderedObject(whole, stringify(whole));
};
const deployment = (name: string, fields: Record<string, unknown> = {}) =>
  object(
    'Deployment',
    name,
    {
      spec: {
        replicas: 1,
        selector: { matchLabels: { app: name } },
        template: { image: `x/${name}:1` },
        ...fields,
      },
    },
    'apps/v1',
  );

/** `replace Deployment tools/a: spec.selector (why)` */
const told = (...[before, after]: Parameters<typeof compareObjects>) =>
  compareObjects(before, after).map(({ action, name, fields, reasons }) =>
    [`${action} ${name}`, fields.map(({ path }) => path).join(', '), reasons.join('; ')]
      .filter(Boolean)
      .join(' | '),
  );

test.each([
  ['nothing', [deployment('a')], [deployment('a')], []],
  [
    'a value',
    [deployment('a')],
    [deployment('a', { replicas: 2 })],
    ['change Deployment tools/a | spec.replicas'],
  ],
  ['a new object', [], [deployment('a')], ['create Deployment tools/a']],
  ['an object gone', [deployment('a')], [], ['delete Deployment tools/a']],
  [
    'a selector',
    [deployment('a')],
    [deployment('a', { selector: { matchLabels: { app: 'b' } } })],
    ['replace Deployment tools/a | spec.selector.matchLabels.app | spec.selector cannot be changed in place'],
  ],
  [
    'a name, with the labels made of it',
    [deployment('a')],
    [deployment('b')],
    [
      'replace Deployment tools/b | metadata.name, spec.selector.matchLabels.app, spec.template.image | it was Deployment tools/a',
    ],
  ],
  [
    'a name and more: nothing says that they are the same',
    [deployment('a')],
    [deployment('b', { replicas: 3 })],
    ['create Deployment tools/b', 'delete Deployment tools/a'],
  ],
  [
    'the group of its API',
    [object('Ingress', 'a', {}, 'extensions/v1beta1')],
    [object('Ingress', 'a', {}, 'networking.k8s.io/v1')],
    ['replace Ingress tools/a | apiVersion | it was Ingress tools/a'],
  ],
  [
    'the version of its API',
    [object('Ingress', 'a', {}, 'networking.k8s.io/v1beta1')],
    [object('Ingress', 'a', {}, 'networking.k8s.io/v1')],
    ['change Ingress tools/a | apiVersion'],
  ],
  [
    'the address of a Service',
    [object('Service', 'a', { spec: { clusterIP: 'None', ports: [{ port: 80 }] } })],
    [object('Service', 'a', { spec: { ports: [{ port: 81 }] } })],
    [
      'replace Service tools/a | spec.clusterIP, spec.ports[0].port | spec.clusterIP cannot be changed in place',
    ],
  ],
  [
    'a larger claim grows in place, another class does not',
    [object('PersistentVolumeClaim', 'a', { spec: { resources: { requests: { storage: '1Gi' } } } })],
    [
      object('PersistentVolumeClaim', 'a', {
        spec: { storageClassName: 'fast', resources: { requests: { storage: '2Gi' } } },
      }),
    ],
    [
      'replace PersistentVolumeClaim tools/a | spec.resources.requests.storage, spec.storageClassName | spec.storageClassName cannot be changed in place',
    ],
  ],
  [
    'the Role of a binding',
    [object('RoleBinding', 'a', { roleRef: { name: 'x' } }, 'rbac.authorization.k8s.io/v1')],
    [object('RoleBinding', 'a', { roleRef: { name: 'y' } }, 'rbac.authorization.k8s.io/v1')],
    ['replace RoleBinding tools/a | roleRef.name | roleRef cannot be changed in place'],
  ],
  [
    'data that is immutable',
    [object('ConfigMap', 'a', { immutable: true, data: { x: '1' } })],
    [object('ConfigMap', 'a', { immutable: true, data: { x: '2' } })],
    ['replace ConfigMap tools/a | data.x | data cannot be changed in place'],
  ],
  [
    "a Secret's value",
    [object('Secret', 'a', { stringData: { x: 'hunter2', y: 'same', old: 'o' } })],
    [object('Secret', 'a', { stringData: { x: 'hunter3', y: 'same', new: 'n' } })],
    ['change Secret tools/a | stringData.old, stringData.new, stringData.x'],
  ],
])('%s', (_name, before, after, expected) => {
  expect(told(before, after)).toEqual(expected);
  // A value of a Secret is nowhere, not even where it changed.
  expect(JSON.stringify(compareObjects(before, after))).not.toMatch(/hunter|same|"[on]"/);
});

test.each([
  ['by name', [{ name: 'a', v: 1 }, { name: 'b' }], [{ name: 'b' }, { name: 'a', v: 2 }], ['x[a].v']],
  ['their order alone', [{ name: 'a' }, { name: 'b' }], [{ name: 'b' }, { name: 'a' }], ['x']],
  ['by place', [1, 2], [1, 3], ['x[1]']],
  ['what came and went', ['a', 'b'], ['b', 'c', 'd'], ['x[]', 'x[]', 'x[]']],
])('items of a list: %s', (_name, before, after, expected) => {
  expect(fieldChanges(before, after, 'x').map(({ path }) => path)).toEqual(expected);
});

describe('folders', () => {
  const folder = temporaryFolders();
  const map = (name: string): string => `---\n${stringify(object('ConfigMap', name).object)}`;

  test('stacks come, go and change; an object moves; Secrets that are left out have names and keys', () => {
    const base = folder({
      'dev/a.yaml': `# a, dev\n#\n# Secrets:\n#   Secret tools/s: old, kept\n${map('moves')}`,
      'dev/gone.yaml': map('x'),
    });
    const head = folder({
      'dev/a.yaml': `# a, dev\n#\n# Secrets:\n#   Secret tools/s: kept, new\n${map('z')}`,
      'dev/new.yaml': map('moves'),
    });
    const { environments } = compareRenderings(readRendering(base), readRendering(head));
    expect(
      environments.flatMap(({ stacks }) =>
        stacks.map(({ stack, presence, unchanged, changes }) => [
          stack,
          presence,
          unchanged,
          changes.map(({ action, name, fields, reasons }) => [
            action,
            name,
            ...fields.map(({ path }) => path),
            ...reasons,
          ]),
        ]),
      ),
    ).toEqual([
      [
        'a',
        'both',
        0,
        [
          ['create', 'ConfigMap tools/z'],
          ['change', 'Secret tools/s', 'stringData.old', 'stringData.new'],
          [
            'delete',
            'ConfigMap tools/moves',
            'it moves to new, and deleting it here hits what is made there',
          ],
        ],
      ],
      [
        'new',
        'new',
        0,
        [['create', 'ConfigMap tools/moves', 'it moves here from a, which deletes it when it is deployed']],
      ],
      ['gone', 'gone', 0, [['delete', 'ConfigMap tools/x']]],
    ]);
  });

  test('what is no folder of manifests is refused, and no value of a broken file is told', () => {
    expect(() => readRendering('/nowhere')).toThrow('no such folder');
    expect(() => readRendering(folder({ 'x.yaml': '' }))).toThrow('no <environment>/<stack>.yaml');
    const broken = folder({ 'dev/a.yaml': 'kind: Secret\ndata: { x: "hunter2\n', 'dev/b.yaml': '- 1\n' });
    expect(() => readRendering(broken)).toThrow(/: 2 problems[^]*a\.yaml: document 1[^]*b\.yaml: document 1/);
    expect(() => readRendering(broken)).not.toThrow('hunter2');
  });
});
