import { schemaProblems } from '../src/checks/schema-problems.js';
import { type KubernetesObject } from '../src/manifests/kubernetes-object.js';
import { type Manifest } from '../src/manifests/manifest.js';

async function problems(object: object, isPatch = false): Promise<readonly string[]> {
  const manifest = { object: object as KubernetesObject, isPatch } as Manifest;
  return (await schemaProblems(manifest)).map(({ where, found }) => `${where}: ${found}`);
}

const labels = { 'app.kubernetes.io/name': 'a', x: 'y' };
const metadata = { name: 'a', namespace: 'n', labels, annotations: { 'a/b': 'c' } };
const selector = { matchLabels: labels, matchExpressions: [{ key: 'a', operator: 'In', values: ['b'] }] };
const probe = {
  httpGet: { path: '/', port: 'http', httpHeaders: [{ name: 'A', value: 'b' }] },
  periodSeconds: 5,
};

/** Valid objects that use many fields: none of them may be taken for unknown. */
const VALID: readonly object[] = [
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata,
    spec: {
      replicas: 1,
      selector,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: '25%' } },
      template: {
        metadata: { labels, annotations: { 'checksum/config': 'x' } },
        spec: {
          affinity: {
            podAntiAffinity: {
              preferredDuringSchedulingIgnoredDuringExecution: [
                { weight: 1, podAffinityTerm: { topologyKey: 'k', labelSelector: selector } },
              ],
            },
            nodeAffinity: {
              requiredDuringSchedulingIgnoredDuringExecution: {
                nodeSelectorTerms: [{ matchExpressions: [{ key: 'a', operator: 'Exists' }] }],
              },
            },
          },
          hostUsers: false,
          nodeSelector: { a: 'b' },
          tolerations: [{ key: 'a', operator: 'Exists', effect: 'NoSchedule', tolerationSeconds: 5 }],
          topologySpreadConstraints: [
            { maxSkew: 1, topologyKey: 'k', whenUnsatisfiable: 'DoNotSchedule', labelSelector: selector },
          ],
          priorityClassName: 'p',
          terminationGracePeriodSeconds: 30,
          securityContext: {
            fsGroup: 1,
            fsGroupChangePolicy: 'OnRootMismatch',
            sysctls: [{ name: 'a', value: 'b' }],
          },
          imagePullSecrets: [{ name: 's' }],
          initContainers: [{ name: 'sidecar', image: 'i:1', restartPolicy: 'Always' }],
          containers: [
            {
              name: 'c',
              image: 'i:1',
              env: [
                { name: 'A', value: 'b' },
                { name: 'B', valueFrom: { secretKeyRef: { name: 's', key: 'k', optional: true } } },
                { name: 'C', valueFrom: { resourceFieldRef: { resource: 'limits.cpu', divisor: '1m' } } },
                { name: 'D', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
              ],
              envFrom: [{ prefix: 'P_', configMapRef: { name: 'c' } }],
              ports: [{ name: 'http', containerPort: 80, protocol: 'TCP' }],
              resources: { limits: { cpu: 1, memory: '1Gi' }, requests: { 'example.com/gpu': '1' } },
              startupProbe: { exec: { command: ['a'] } },
              readinessProbe: probe,
              livenessProbe: { grpc: { port: 1, service: 's' } },
              lifecycle: { preStop: { sleep: { seconds: 5 } } },
              securityContext: {
                capabilities: { drop: ['ALL'] },
                seccompProfile: { type: 'RuntimeDefault' },
              },
              volumeMounts: [{ name: 'v', mountPath: '/v', subPath: 's', readOnly: true }],
            },
          ],
          volumes: [
            { name: 'v', emptyDir: {} },
            { name: 'w', emptyDir: { sizeLimit: '1Mi', medium: 'Memory' } },
            { name: 'c', configMap: { name: 'c', defaultMode: 420, items: [{ key: 'a', path: 'b' }] } },
            {
              name: 'p',
              projected: {
                sources: [
                  { serviceAccountToken: { path: 't', audience: 'a', expirationSeconds: 3600 } },
                  { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
                  { downwardAPI: { items: [{ path: 'n', fieldRef: { fieldPath: 'metadata.namespace' } }] } },
                ],
              },
            },
            {
              name: 'e',
              ephemeral: {
                volumeClaimTemplate: {
                  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
                },
              },
            },
            { name: 'csi', csi: { driver: 'd', volumeAttributes: { a: 'b' } } },
          ],
        },
      },
    },
  },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata,
    spec: {
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
      ingress: [
        {},
        {
          from: [{ podSelector: selector, namespaceSelector: {} }],
          ports: [{ port: 'http', protocol: 'TCP' }],
        },
      ],
      egress: [
        {
          to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8'] } }],
          ports: [{ port: 1, endPort: 2 }],
        },
      ],
    },
  },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata,
    spec: {
      ingressClassName: 'n',
      tls: [{ hosts: ['h'], secretName: 's' }],
      rules: [
        {
          host: 'h',
          http: {
            paths: [
              { path: '/', pathType: 'Prefix', backend: { service: { name: 's', port: { name: 'http' } } } },
            ],
          },
        },
      ],
    },
  },
  {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata,
    spec: {
      maxReplicas: 2,
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'a' },
      metrics: [
        {
          type: 'Resource',
          resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } },
        },
      ],
      behavior: { scaleDown: { policies: [{ type: 'Pods', value: 1, periodSeconds: 60 }] } },
    },
  },
  {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata,
    spec: { maxUnavailable: '50%', selector },
  },
  {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata,
    spec: {
      hard: { pods: '4', 'requests.cpu': '1' },
      scopeSelector: { matchExpressions: [{ scopeName: 'PriorityClass', operator: 'In', values: ['high'] }] },
    },
  },
  {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata,
    spec: {
      capacity: { storage: '1Gi' },
      accessModes: ['ReadWriteOnce'],
      local: { path: '/p' },
      claimRef: { namespace: 'n', name: 'c' },
      nodeAffinity: {
        required: {
          nodeSelectorTerms: [{ matchExpressions: [{ key: 'k', operator: 'In', values: ['v'] }] }],
        },
      },
      persistentVolumeReclaimPolicy: 'Retain',
      volumeMode: 'Filesystem',
    },
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata,
    rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'], resourceNames: ['a'] }],
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata,
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'a' },
    subjects: [{ kind: 'ServiceAccount', name: 'a', namespace: 'n' }],
  },
  { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { a: 'b' }, immutable: true },
  {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata,
    automountServiceAccountToken: false,
    imagePullSecrets: [{ name: 's' }],
  },
  {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PodMonitor',
    metadata,
    spec: {
      selector,
      namespaceSelector: { matchNames: ['n'] },
      podMetricsEndpoints: [
        {
          port: 'http',
          path: '/metrics',
          interval: '30s',
          relabelings: [{ sourceLabels: ['a'], targetLabel: 'b', action: 'replace' }],
        },
      ],
    },
  },
  {
    apiVersion: 'operator.victoriametrics.com/v1beta1',
    kind: 'VMPodScrape',
    metadata,
    spec: { whatever: { it: ['is'] } },
  },
  {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'as.example.com' },
    spec: {
      group: 'example.com',
      scope: 'Namespaced',
      names: { plural: 'as', kind: 'A' },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: {
            openAPIV3Schema: {
              type: 'object',
              properties: {
                spec: {
                  type: 'object',
                  default: { a: { b: 1 } },
                  'x-kubernetes-preserve-unknown-fields': true,
                },
              },
            },
          },
        },
      ],
    },
  },
];

test.each(VALID.map((object) => [(object as KubernetesObject).kind, object] as const))(
  'a valid %s has no problem, and one unknown field in any of its mappings is found',
  async (kind, object) => {
    expect(await problems(object)).toEqual([]);
    expect(
      await problems({ ...object, metadata: { ...(object as KubernetesObject).metadata, lables: {} } }),
    ).toEqual([expect.stringContaining('metadata.lables: a field that')]);
    if (kind === 'VMPodScrape') return;
    expect(await problems({ ...object, speck: {} })).toEqual([
      expect.stringContaining(': speck: a field that'),
    ]);
  },
);

test('a patch need not have what its object has, but may have nothing else', async () => {
  const patch = { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: { replicas: 2 } };
  expect(await problems(patch, true)).toEqual([]);
  expect(await problems(patch)).toEqual([
    'Deployment n/a: spec.selector: nothing',
    'Deployment n/a: spec.template: nothing',
  ]);
  expect(await problems({ ...patch, spec: { replica: 2 } }, true)).toHaveLength(1);
});
