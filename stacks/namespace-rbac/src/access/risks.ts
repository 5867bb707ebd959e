/** The part of a rule that decides what it grants. */
export interface Grant {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

interface Risk {
  readonly groups: readonly string[];
  readonly resources: readonly string[];
  /** @default any verb */
  readonly verbs?: readonly string[];
  readonly why: string;
}

const WRITE = ['create', 'update', 'patch', 'delete', 'deletecollection'];
const MAKE = ['create', 'update', 'patch'];

/** Grants with which one server gets at another's. Source: kubernetes.io/docs/concepts/security/rbac-good-practices/ */
const RISKS: readonly Risk[] = [
  { groups: [''], resources: ['secrets'], why: 'Secrets, with the credentials of every server' },
  {
    groups: [''],
    resources: [
      'pods/exec',
      'pods/attach',
      'pods/portforward',
      'pods/proxy',
      'pods/ephemeralcontainers',
      'services/proxy',
    ],
    why: 'a way into running pods, past network policies and the credentials they hold',
  },
  { groups: [''], resources: ['serviceaccounts/token'], why: 'tokens of other ServiceAccounts' },
  {
    groups: ['rbac.authorization.k8s.io'],
    resources: ['roles', 'rolebindings'],
    verbs: WRITE,
    why: 'a change of who may do what',
  },
  {
    groups: ['', 'apps', 'batch'],
    resources: [
      'pods',
      'replicationcontrollers',
      'podtemplates',
      'deployments',
      'replicasets',
      'statefulsets',
      'daemonsets',
      'jobs',
      'cronjobs',
    ],
    verbs: MAKE,
    why: 'making pods, and a pod may mount any Secret and run as any ServiceAccount of the namespace',
  },
];

const RISKY_VERBS = ['escalate', 'bind', 'impersonate'];

/** What a rule grants beyond its server's own business; nothing for a harmless one. */
export function risksOf({ apiGroups, resources, verbs }: Grant): readonly string[] {
  const risks = RISKS.filter(
    (risk) =>
      risk.groups.some((group) => apiGroups.includes(group)) &&
      risk.resources.some((resource) => resources.includes(resource)) &&
      (risk.verbs === undefined || risk.verbs.some((one) => verbs.includes(one))),
  ).map(({ why }) => why);
  const borrowed = RISKY_VERBS.filter((one) => verbs.includes(one));
  return borrowed.length === 0 ? risks : [...risks, `${borrowed.join(', ')}: the rights of others`];
}
