import { ProblemsError } from '@mcp-stacks/problem';
import { record, type RecordedResource, type Recording, type RecordOptions } from '@mcp-stacks/recorder';
import program from '../../src/index.js';

type Values = Readonly<Record<string, unknown>>;

/** The smallest configuration; `undefined` in `values` takes a key away. */
const BASE: Values = {
  cluster: { context: 'test' },
  namespace: { name: 'team', ownership: 'own' },
  quota: {
    'requests.cpu': 2,
    'requests.memory': '2Gi',
    'limits.cpu': 4,
    'limits.memory': '4Gi',
    pods: 10,
  },
  servers: { 'mcp-github': {}, 'mcp-pulumi': { kubernetesAccess: {} } },
};

/** Runs the stack program on the smallest configuration with some keys set otherwise. */
export async function run(
  values: Values = {},
  options: Pick<RecordOptions, 'stack' | 'stackOutputs'> & {
    secrets?: Readonly<Record<string, string>>;
  } = {},
): Promise<Recording> {
  const { secrets, ...rest } = options;
  const plain = Object.entries({ ...BASE, ...values })
    .filter(([, value]) => value !== undefined)
    // The engine hands text over as it is and everything else as JSON.
    .map(([key, value]) => [full(key), typeof value === 'string' ? value : JSON.stringify(value)]);
  const secret = Object.entries(secrets ?? {}).map(([key, value]) => [full(key), value]);
  return await record(program, {
    project: 'namespace-rbac',
    stack: 'test',
    ...rest,
    config: Object.fromEntries([...plain, ...secret]) as Record<string, string>,
    secretKeys: Object.keys(secrets ?? {}).map(full),
  });
}

function full(key: string): string {
  return `namespace-rbac:${key}`;
}

/** The problems that a run is refused with; fails if it is not. */
export async function problemsOf(running: Promise<Recording>): Promise<ProblemsError['problems']> {
  const error: unknown = await running.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof ProblemsError) return error.problems;
  throw new Error(`expected a ProblemsError, got ${String(error)}`);
}

/** The one resource of a kind with a logical name. */
export function resource({ resources }: Recording, kind: string, name: string): RecordedResource {
  const found = resources.filter((one) => one.type.endsWith(`:${kind}`) && one.name === name);
  if (found.length === 1 && found[0] !== undefined) return found[0];
  const all = resources.map((one) => `${one.type} ${one.name}`).join(', ');
  throw new Error(`${found.length} ${kind} ${name} among ${all}`);
}
