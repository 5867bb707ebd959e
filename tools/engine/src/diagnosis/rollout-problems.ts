import { describeValue, type Problem } from '@mcp-stacks/problem';
import { remedyLines } from '../command-text.js';
import type { ContainerEvidence, EventEvidence, PodEvidence, RolloutEvidence } from './rollout-evidence.js';

/** What messages name besides the objects. */
export interface RolloutSubject {
  readonly stack: string;
  readonly environment: string;
  /** Kubeconfig context. */
  readonly context: string;
  /** The stacks that this one builds on: one of them makes namespace, accounts and volumes. */
  readonly upstreams: readonly string[];
}

/**
 * Why a rollout does not get on, in words that say what to do: Pulumi only passes on what containers wait for, and of
 * pods that could not be made, or that run without being ready, it says nothing but "timed out".
 *
 * Reasons as kubelet (`pkg/kubelet/container/sync_result.go`, `pkg/kubelet/images/types.go`,
 * `pkg/kubelet/kuberuntime/kuberuntime_container.go`), scheduler and admission of Kubernetes 1.36 write them.
 *
 * @returns Empty where nothing is in its way any more.
 */
export function rolloutProblems(evidence: RolloutEvidence, subject: RolloutSubject): Problem[] {
  const { deployment, pods, events } = evidence;
  const names: Names = {
    ...subject,
    deployment: deployment.metadata?.name ?? '',
    namespace: deployment.metadata?.namespace ?? '',
    config: `Pulumi.${subject.environment}.yaml of ${subject.stack}`,
  };
  const refused = deployment.status?.conditions?.find(
    ({ type, status }) => type === 'ReplicaFailure' && status === 'True',
  );
  return unique([
    ...(refused === undefined ? [] : [creationProblem(refused.message ?? refused.reason ?? '', names)]),
    ...pods.flatMap((pod) => podProblems(pod, eventsOf(pod, events), names)),
  ]);
}

interface Names extends RolloutSubject {
  readonly deployment: string;
  readonly namespace: string;
  /** The file that its author edits. */
  readonly config: string;
}

/** Pods that the API server refuses to make: the ReplicaSet's `FailedCreate`. */
function creationProblem(message: string, names: Names): Problem {
  const { deployment, namespace, config, context } = names;
  const reason = message.replace(/^(pods|Pod) "[^"]*" is forbidden: /, '');
  const [, quota, requested = '', used = '', limited = ''] =
    /exceeded quota: (\S+), requested: (.+), used: (.+), limited: (.+)$/.exec(reason) ?? [];
  if (quota !== undefined) {
    return {
      where: `ResourceQuota ${namespace}/${quota}, which refuses pods of ${deployment}`,
      found: `a pod more needs ${requested}; in use: ${used} of ${limited}`,
      expected:
        'room for one pod more than run at rest: a rollout starts the new pod before it ends the old one',
      remedy: remedyLines(
        `ask for less in ${config} (resources, replicas), or raise the quota (${upstreamText(names)})`,
        `kubectl --context ${context} -n ${namespace} describe quota ${quota}`,
      ),
    };
  }
  const account = /serviceaccount "([^"]+)" not found/.exec(reason)?.[1];
  if (account !== undefined) {
    return {
      where: `ServiceAccount ${namespace}/${account}, which pods of ${deployment} run as`,
      found: 'nothing',
      expected: 'an account of that name',
      remedy: `make it again: ${upstreamText(names)}`,
    };
  }
  const security = /^violates PodSecurity "([^"]+)": (.*)$/.exec(reason);
  if (security !== null) {
    return {
      where: `pods of ${deployment}, refused by Pod Security of namespace ${namespace}`,
      found: security[2] ?? '',
      expected: `what the level ${security[1] ?? ''} allows`,
      remedy: `correct it in ${config}, or in the program where no key of it says so`,
    };
  }
  return {
    where: `pods of ${deployment}, refused by namespace ${namespace}`,
    found: reason,
    expected: 'pods that it lets in',
    remedy: `correct what the message names, in ${config} or in the namespace (${upstreamText(names)})`,
  };
}

function podProblems(pod: PodEvidence, events: readonly EventEvidence[], names: Names): Problem[] {
  const unscheduled = pod.status?.conditions?.find(
    ({ type, status }) => type === 'PodScheduled' && status === 'False',
  );
  if (unscheduled !== undefined) return [schedulingProblem(pod, unscheduled.message ?? '', names)];
  const statuses = [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])];
  const problems = statuses
    .filter((status) => !status.ready && status.state?.terminated?.exitCode !== 0)
    .flatMap((status) => containerProblems(status, pod, events, names));
  if (problems.length > 0) return problems;
  const mount = latest(events, ['FailedMount', 'FailedAttachVolume', 'FailedCreatePodSandBox']);
  return mount === undefined || pod.status?.phase !== 'Pending' ? [] : [mountProblem(pod, mount, names)];
}

/** A pod for which no node is found. */
function schedulingProblem(pod: PodEvidence, message: string, names: Names): Problem {
  const { deployment, namespace, config, context } = names;
  const claims = (pod.spec?.volumes ?? []).flatMap(({ persistentVolumeClaim }) =>
    persistentVolumeClaim === undefined ? [] : [persistentVolumeClaim.claimName],
  );
  const missing = /persistentvolumeclaim "([^"]+)" not found/.exec(message)?.[1];
  if (missing !== undefined) {
    return {
      where: `PersistentVolumeClaim ${namespace}/${missing}, which pods of ${deployment} mount`,
      found: 'nothing',
      expected: 'a claim of that name',
      remedy: `make it again (${upstreamText(names)}), or mount none in ${config}`,
    };
  }
  const claim = claims.join(', ');
  if (message.includes('unbound immediate PersistentVolumeClaims')) {
    return {
      where: `PersistentVolumeClaim ${namespace}/${claim}, which pods of ${deployment} mount`,
      found: 'a claim that is bound to no volume',
      expected: 'a volume that it can be bound to',
      remedy: remedyLines(
        `kubectl --context ${context} -n ${namespace} describe pvc ${claims.join(' ')}`,
        `then correct storage class, volume or node: ${upstreamText(names)}`,
      ),
    };
  }
  if (/volume node affinity conflict|didn't match PersistentVolume's node affinity/.test(message)) {
    return {
      where: `volume of PersistentVolumeClaim ${namespace}/${claim}, which pods of ${deployment} mount`,
      found: message,
      expected: 'a volume on a node that the pod may run on',
      remedy: `correct the node that the volume lies on: ${upstreamText(names)}`,
    };
  }
  return {
    where: `pods of ${deployment} in namespace ${namespace}, which fit on no node`,
    found: message,
    expected: 'a node with room for them that their constraints allow',
    remedy: remedyLines(
      `ask for less in ${config} (resources, replicas), or add a node`,
      `kubectl --context ${context} describe nodes`,
    ),
  };
}

function containerProblems(
  status: ContainerEvidence,
  pod: PodEvidence,
  events: readonly EventEvidence[],
  names: Names,
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
  const killing = latest(events, ['Killing'], /failed (startup|liveness) probe/, status.name);
  const ended = status.state?.terminated ?? status.lastState?.terminated;
  if (ended !== undefined && killing === undefined) return [crashProblem(status, pod, where, names)];
  const probe = latest(events, ['Unhealthy'], undefined, status.name);
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

function imageProblem(status: ContainerEvidence, message: string, where: string, names: Names): Problem {
  const { config } = names;
  const refused = /unauthorized|denied|forbidden|authoriz|authentic/i.test(message);
  const missing = /not found|manifest unknown|does not exist/i.test(message);
  // containerd tells every layer that the message went through; the last part is what the registry said.
  const said = message.replace(/^Back-off pulling image "[^"]*": /, '').split(/: (?=failed to |unexpected )/);
  const registry = `pull access: an image pull secret of the namespace (${upstreamText(names)})`;
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

function configProblem(message: string, where: string, inspect: string, names: Names): Problem {
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

function crashProblem(status: ContainerEvidence, pod: PodEvidence, where: string, names: Names): Problem {
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

function mountProblem(pod: PodEvidence, event: EventEvidence, names: Names): Problem {
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

function logsCommand(pod: PodEvidence, container: string, { context, namespace }: Names): string {
  return `kubectl --context ${context} -n ${namespace} logs ${pod.metadata?.name ?? ''} -c ${container}`;
}

/** Who makes namespace, accounts and volumes of a stack that builds on others. */
function upstreamText({ upstreams, stack, environment }: Names): string {
  return (upstreams.length === 0 ? [stack] : upstreams)
    .map((name) => `npx engine up ${name} --env ${environment}`)
    .join('; ');
}

function eventsOf(pod: PodEvidence, events: readonly EventEvidence[]): EventEvidence[] {
  return events.filter(({ involvedObject }) => involvedObject.uid === pod.metadata?.uid);
}

function latest(
  events: readonly EventEvidence[],
  reasons: readonly string[],
  message = /(?:)/,
  container?: string,
): EventEvidence | undefined {
  const time = ({ lastTimestamp, eventTime }: EventEvidence) => Number(lastTimestamp ?? eventTime ?? 0);
  return events
    .filter(({ reason }) => reasons.includes(reason ?? ''))
    .filter((event) => message.test(event.message ?? ''))
    .filter(
      ({ involvedObject: { fieldPath } }) =>
        container === undefined || fieldPath?.includes(`{${container}}`) === true,
    )
    .sort((one, other) => time(one) - time(other))
    .at(-1);
}

/** The pods of a rollout fail alike: of each problem the first pod's is told. */
function unique(problems: readonly Problem[]): Problem[] {
  const byWhere = new Map<string, Problem>();
  for (const problem of problems) if (!byWhere.has(problem.where)) byWhere.set(problem.where, problem);
  return [...byWhere.values()];
}
