import { describeValue, type Problem } from '@mcp-stacks/problem';
import { DEFAULTS } from '../defaults.js';
import type { K8sAppArgs } from '../k8s-app-args.js';
import { servicePorts } from '../service-ports.js';
import type { WorkloadContainer } from '../workload-containers.js';
import { nameProblems, PORT_NAME } from './names.js';
import { integerProblems } from './numbers.js';
import { argumentPath } from './paths.js';

const PORT_RANGE = { min: 1, max: 65535 } as const;

/** Problems of the ports of all containers, which share one network, and of the Service over them. */
export function* portProblems(
  args: K8sAppArgs,
  containers: readonly WorkloadContainer[],
): Generator<Problem> {
  const names = new Map<string, string>();
  const numbers = new Map<string, string>();
  for (const { role, path, args: container } of containers) {
    for (const [name, port] of Object.entries(container.ports ?? {})) {
      const where = argumentPath(path, 'ports', name);
      const number = argumentPath(where, 'containerPort');
      const protocol = port.protocol ?? DEFAULTS.protocol;
      yield* nameProblems(where, name, PORT_NAME);
      yield* integerProblems(number, port.containerPort, PORT_RANGE);
      yield* integerProblems(argumentPath(where, 'service'), port.service, PORT_RANGE);
      yield* duplicateProblems(names, name, where, describeValue(name), 'Give the port another name.');
      yield* duplicateProblems(
        numbers,
        `${port.containerPort}/${protocol}`,
        number,
        `${port.containerPort}/${protocol}`,
        'Let one of the two listen on another port: the containers of a pod share one network.',
      );
      const exposed = port.service !== undefined && port.service !== false;
      if (exposed && (role === 'init' || args.service === false)) {
        yield {
          where: argumentPath(where, 'service'),
          found: describeValue(port.service),
          expected:
            role === 'init'
              ? 'nothing: an init container has ended when the Service sends traffic'
              : 'nothing: `args.service` is false',
          remedy: 'Leave it out.',
        };
      }
    }
  }
  if (args.service === false) return;
  yield* serviceProblems(args, containers);
}

function* serviceProblems(args: K8sAppArgs, containers: readonly WorkloadContainer[]): Generator<Problem> {
  const ports = servicePorts(containers);
  const service = args.service === false ? undefined : args.service;
  if (service !== undefined && ports.length === 0) {
    yield {
      where: 'args.service',
      found: 'a Service without ports',
      expected: 'at least one port that it exposes',
      remedy: 'Give the main container a port, or set `service: false`.',
    };
  }
  const numbers = new Map<string, string>();
  for (const { port, protocol, path } of ports) {
    yield* duplicateProblems(
      numbers,
      `${port}/${protocol}`,
      argumentPath(path, 'service'),
      `${port}/${protocol} on the Service`,
      'Expose one of the two under another number.',
    );
  }
  const timeout = service?.sessionAffinityTimeoutSeconds;
  // One day at most: MaxClientIPServiceAffinitySeconds in k8s.io/kubernetes/pkg/apis/core.
  yield* integerProblems('args.service.sessionAffinityTimeoutSeconds', timeout, {
    min: 1,
    max: 86400,
    unit: 'seconds',
  });
  if (timeout !== undefined && service?.sessionAffinity !== 'ClientIP') {
    yield {
      where: 'args.service.sessionAffinityTimeoutSeconds',
      found: describeValue(timeout),
      expected: "nothing without `sessionAffinity: 'ClientIP'`",
      remedy: "Set `sessionAffinity: 'ClientIP'`, or leave the timeout out.",
    };
  }
}

function* duplicateProblems(
  seen: Map<string, string>,
  key: string,
  where: string,
  found: string,
  remedy: string,
): Generator<Problem> {
  const first = seen.get(key);
  if (first === undefined) {
    seen.set(key, where);
  } else {
    yield { where, found, expected: `something other than ${first} has`, remedy };
  }
}
