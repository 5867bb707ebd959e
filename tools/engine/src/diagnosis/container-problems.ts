import { describeValue, type Problem, remedyLines } from '@mcp-stacks/problem';
import { latestEvent } from './latest-event.js';
import type { ContainerEvidence, EventEvidence, PodEvidence } from './rollout-evidence.js';
import { makingCommand, type RolloutNames } from './rollout-names.js';

/** Why a container does not run, or runs without being ready. */
export function containerProblems(
  status: ContainerEvidence,
  pod: PodEvidence,
  events: readonly EventEvidence[],
  names: RolloutNames,
): Problem[] {
  const { deployment, config, context, namespace } = names;
  const where = `container ${status.name} of ${deployment}`;
  const waiting = status.state?.waiting;
  const message = waiting?.message ?? '';
  const inspect = `kubectl --context ${context} -n ${namespace} describe pod ${pod.metadata?.name ?? ''}`;
  switch (waiting?.reason) {
    case 'ErrImagePull':
    case 'ImagePullBackOff':
    case 'InvalidImageName':
    case 'ErrImageNeverPull':
    case 'RegistryUnavailable':
      return [imageProblem(status, message, where, names)];
    case 'CreateContainerConfigError':
      return [configProblem(message, where, inspect, names)];
    case undefined:
    case 'CrashLoopBackOff':
      break;
    case 'ContainerCreating':
    case 'PodInitializing':
      return [];
    default:
      return [
        {
          where,
          found: `${waiting?.reason ?? ''}: ${message}`,
          expected: 'a container that starts',
          remedy: `correct what the message names in ${config}; more: ${inspect}`,
        },
      ];
  }
  const killing = latestEvent(events, ['Killing'], /failed (startup|liveness) probe/, status.name);
  const ended = status.state?.terminated ?? status.lastState?.terminated;
  if (ended !== undefined && killing === undefined) return [crashProblem(status, pod, where, names)];
  const probe = latestEvent(events, ['Unhealthy'], undefined, status.name);
  if (probe === undefined && killing === undefined && status.state?.running === undefined) return [];
  return [
    {
      where,
      found: `it runs, but ${probe?.message ?? killing?.message ?? 'is not ready'}`,
      expected: 'a server that answers its probes before the time is up',
      remedy: remedyLines(
        `correct port and path in ${config} if it listens elsewhere; raise rolloutTimeoutSeconds if it is slow`,
        `what it says: ${logsCommand(pod, status.name, names)}`,
      ),
    },
  ];
}

function imageProblem(
  status: ContainerEvidence,
  message: string,
  where: string,
  names: RolloutNames,
): Problem {
  const { config } = names;
  const refused = /unauthorized|denied|forbidden|authoriz|authentic/i.test(message);
  const missing = /not found|manifest unknown|does not exist/i.test(message);
  // containerd tells every layer that the message went through; the last part is what the registry said.
  const said = message.replace(/^Back-off pulling image "[^"]*": /, '').split(/: (?=failed to |unexpected )/);
  const registry = `pull access: an image pull secret of the namespace (${makingCommand(names)})`;
  return {
    where,
    found: `image ${status.image} cannot be pulled: ${said.at(-1) ?? message}`,
    expected: 'an image that the nodes can pull',
    remedy: refused
      ? `correct image in ${config}, or give the nodes ${registry}`
      : missing
        ? remedyLines(
            `correct image in ${config}, or push it to its registry`,
            `registries that ask for a login say "not found" too: then ${registry}`,
          )
        : `correct image in ${config}, or make its registry reachable from the nodes`,
  };
}

function configProblem(message: string, where: string, inspect: string, names: RolloutNames): Problem {
  const { namespace, config, context } = names;
  const [, kind, name] = /(secret|configmap) "([^"]+)" not found/.exec(message) ?? [];
  const [, key, keyKind, holder] =
    /couldn't find key (\S+) in (Secret|ConfigMap) \S+?\/(\S+)/.exec(message) ?? [];
  if (kind !== undefined && name !== undefined) {
    const isSecret = kind === 'secret';
    const object = isSecret ? 'Secret' : 'ConfigMap';
    const create = isSecret ? 'secret generic' : 'configmap';
    return {
      where: `${object} ${namespace}/${name}, which ${where} reads`,
      found: 'nothing',
      expected: `a ${object} of that name`,
      remedy: remedyLines(
        `kubectl --context ${context} -n ${namespace} create ${create} ${name} --from-file=<key>=<file>`,
        `or name another in ${config}`,
      ),
    };
  }
  if (key !== undefined && holder !== undefined) {
    return {
      where: `${keyKind ?? ''} ${namespace}/${holder}, which ${where} reads`,
      found: `no key ${key}`,
      expected: `the key ${key}`,
      remedy: `add it, or name another key in ${config}`,
    };
  }
  return {
    where,
    found: message,
    expected: 'a container that can be made',
    remedy: `correct what the message names in ${config}; more: ${inspect}`,
  };
}

function crashProblem(
  status: ContainerEvidence,
  pod: PodEvidence,
  where: string,
  names: RolloutNames,
): Problem {
  const { config } = names;
  const ended = status.state?.terminated ?? status.lastState?.terminated;
  const times = status.restartCount + 1;
  const often = times === 1 ? '' : `, ${times} times`;
  if (ended?.reason === 'OOMKilled') {
    return {
      where,
      found: `it was ended for want of memory (OOMKilled)${often}`,
      expected: `a server that gets by with ${describeValue(status.resources?.limits?.memory)} of memory`,
      remedy: `raise resources.limits.memory in ${config}`,
    };
  }
  // The runtime's own words; a program's output is not printed: it may hold secrets.
  if (ended?.reason === 'StartError' || ended?.reason === 'ContainerCannotRun') {
    return {
      where,
      found: `it does not start: ${runtimeMessage(ended.message) ?? ended.reason}`,
      expected: 'a command that the image has',
      remedy: `correct command or image in ${config}`,
    };
  }
  const how =
    ended?.signal === undefined ? `exit code ${ended?.exitCode ?? 'unknown'}` : `signal ${ended.signal}`;
  return {
    where,
    found: `its program ends by itself (${how})${often}`,
    expected: 'a server that keeps running',
    remedy: remedyLines(
      `why it ended: ${logsCommand(pod, status.name, names)}${status.restartCount > 0 ? ' --previous' : ''}`,
      `then correct ${config}`,
    ),
  };
}

/** Of what containerd, runc and its child say one after the other, the last. */
function runtimeMessage(message: string | undefined): string | undefined {
  return message?.trim().replace(/^.*?: (?=exec: )/s, '');
}

/** Why a pod's volumes or network cannot be set up. */
export function mountProblem(pod: PodEvidence, event: EventEvidence, names: RolloutNames): Problem {
  const { deployment, namespace, config, context } = names;
  const message = event.message ?? '';
  const [, kind, name] = /(secret|configmap) "([^"]+)" not found/.exec(message) ?? [];
  if (kind !== undefined && name !== undefined) {
    return configProblem(message, `a volume of ${deployment}`, '', names);
  }
  return {
    where: `pod ${namespace}/${pod.metadata?.name ?? ''} of ${deployment}`,
    found: `${event.reason ?? ''}: ${message}`,
    expected: 'a pod whose volumes and network can be set up',
    remedy: remedyLines(
      `correct what the message names, in ${config} or on the node`,
      `kubectl --context ${context} -n ${namespace} describe pod ${pod.metadata?.name ?? ''}`,
    ),
  };
}

function logsCommand(pod: PodEvidence, container: string, { context, namespace }: RolloutNames): string {
  return `kubectl --context ${context} -n ${namespace} logs ${pod.metadata?.name ?? ''} -c ${container}`;
}
