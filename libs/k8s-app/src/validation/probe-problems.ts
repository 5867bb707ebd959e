import type { types } from '@pulumi/kubernetes';
import { describeValue, type Problem } from '@mcp-stacks/problem';
import type { ContainerArgs } from '../container-args.js';
import { integerProblems } from './numbers.js';
import { argumentPath } from './paths.js';

const PROBES = ['startupProbe', 'readinessProbe', 'livenessProbe'] as const;

const ACTIONS = ['exec', 'grpc', 'httpGet', 'tcpSocket'] as const;

/** The least value of each number: `validateProbe` in k8s.io/kubernetes/pkg/apis/core/validation. */
const LEAST = {
  initialDelaySeconds: 0,
  timeoutSeconds: 1,
  periodSeconds: 1,
  successThreshold: 1,
  failureThreshold: 1,
} as const;

/** Problems of a container's probes, as far as their fields are plain values. */
export function* probeProblems(where: string, container: ContainerArgs): Generator<Problem> {
  for (const kind of PROBES) {
    const probe = container[kind];
    if (probe === undefined) continue;
    const path = argumentPath(where, kind);
    const actions = ACTIONS.filter((action) => probe[action] !== undefined);
    if (actions.length !== 1) {
      yield {
        where: path,
        found: actions.length === 0 ? 'no action' : actions.join(' and '),
        expected: `exactly one of ${ACTIONS.join(', ')}`,
        remedy: 'Say what the probe does.',
      };
    }
    for (const [field, min] of Object.entries(LEAST)) {
      yield* integerProblems(argumentPath(path, field), probe[field as keyof typeof LEAST], { min });
    }
    if (
      kind !== 'readinessProbe' &&
      typeof probe.successThreshold === 'number' &&
      probe.successThreshold > 1
    ) {
      yield {
        where: argumentPath(path, 'successThreshold'),
        found: describeValue(probe.successThreshold),
        expected: '1: Kubernetes accepts no other value for this kind of probe',
        remedy: 'Leave it out.',
      };
    }
    for (const action of ['httpGet', 'tcpSocket'] as const) {
      yield* portProblems(argumentPath(path, action, 'port'), plainPort(probe[action]), container);
    }
  }
}

function plainPort(action: types.input.core.v1.Probe['httpGet' | 'tcpSocket']): unknown {
  return typeof action === 'object' && 'port' in action ? action.port : undefined;
}

function* portProblems(where: string, port: unknown, container: ContainerArgs): Generator<Problem> {
  yield* integerProblems(where, port, { min: 1, max: 65535 });
  const names = Object.keys(container.ports ?? {});
  if (typeof port === 'string' && !names.includes(port)) {
    yield {
      where,
      found: describeValue(port),
      expected:
        names.length === 0
          ? 'a number: the container has no ports'
          : `a port of the container: ${names.join(', ')}`,
      remedy: 'Name one of its ports, or give the number.',
    };
  }
}
