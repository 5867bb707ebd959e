import { stringify } from 'yaml';
import { ask, create, type Manifest } from '../access/cluster.js';
import { IMAGES } from '../servers/images.js';

const NAME = 'prometheus';
const PORT = 9090;

/** One time series and its last value. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A real Prometheus in a namespace of its own, which may look for pods in the namespace that it watches. */
export class Prometheus implements Disposable {
  readonly #namespace: string;
  readonly #watched: string;

  /** @param namespace Its own, which must not exist. */
  constructor(namespace: string, watched: string) {
    this.#namespace = namespace;
    this.#watched = watched;
  }

  /** Makes it with these entries of `scrape_configs`, and returns when it is ready. */
  start(scrapeConfigs: readonly unknown[]): void {
    create(manifests(this.#namespace, this.#watched, scrapeConfigs));
    this.#run();
  }

  /** Ends it and makes it again: without a connection, and without what it has scraped. */
  restart(): void {
    ask('delete', 'pod', NAME, '--namespace', this.#namespace);
    this.#run();
  }

  #run(): void {
    create([pod(this.#namespace)]);
    ask('wait', `pod/${NAME}`, '--namespace', this.#namespace, '--for=condition=Ready', '--timeout=120s');
  }

  /** What a query in PromQL gives now. */
  query(text: string): readonly Sample[] {
    const { result } = this.#api(`query?query=${encodeURIComponent(text)}`) as {
      readonly result: readonly {
        readonly metric: Sample['labels'];
        readonly value: readonly [number, string];
      }[];
    };
    return result.map(({ metric, value }) => ({ labels: metric, value: Number(value[1]) }));
  }

  [Symbol.dispose](): void {
    ask('delete', 'namespace', this.#namespace, '--ignore-not-found');
    for (const kind of ['rolebinding', 'role']) {
      ask('delete', kind, NAME, '--namespace', this.#watched, '--ignore-not-found');
    }
  }

  #api(path: string): unknown {
    const pod = `/api/v1/namespaces/${this.#namespace}/pods/${NAME}:${PORT}/proxy`;
    return (JSON.parse(ask('get', '--raw', `${pod}/api/v1/${path}`)) as { readonly data: unknown }).data;
  }
}

function manifests(
  namespace: string,
  watched: string,
  scrapeConfigs: readonly unknown[],
): readonly Manifest[] {
  const metadata = { name: NAME, namespace };
  const rbac = { apiVersion: 'rbac.authorization.k8s.io/v1', metadata: { name: NAME, namespace: watched } };
  return [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata },
    {
      ...rbac,
      kind: 'Role',
      rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] }],
    },
    {
      ...rbac,
      kind: 'RoleBinding',
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: NAME },
      subjects: [{ kind: 'ServiceAccount', ...metadata }],
    },
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata,
      data: { 'prometheus.yml': stringify({ scrape_configs: scrapeConfigs }) },
    },
  ];
}

function pod(namespace: string): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: NAME, namespace },
    spec: {
      serviceAccountName: NAME,
      terminationGracePeriodSeconds: 5,
      containers: [
        {
          name: NAME,
          image: IMAGES.prometheus,
          ports: [{ name: 'web', containerPort: PORT }],
          readinessProbe: { httpGet: { path: '/-/ready', port: 'web' }, periodSeconds: 1 },
          volumeMounts: [
            { name: 'config', mountPath: '/etc/prometheus' },
            { name: 'data', mountPath: '/prometheus' },
          ],
        },
      ],
      volumes: [
        { name: 'config', configMap: { name: NAME } },
        { name: 'data', emptyDir: {} },
      ],
    },
  };
}
