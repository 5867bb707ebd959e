import { type Problem, remedyLines } from '@mcp-stacks/problem';
import { claimProblem } from './claim-problem.js';
import { containerProblems, mountProblem } from './container-problems.js';
import { latestEvent } from './latest-event.js';
import type { EventEvidence, PodEvidence, RolloutEvidence } from './rollout-evidence.js';
import { makingCommand, type RolloutNames, type RolloutSubject } from './rollout-names.js';

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
  const { deployment, pods, events, volumes } = evidence;
  const names: RolloutNames = {
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
    ...pods.flatMap((pod) => podProblems(pod, { events: eventsOf(pod, events), volumes }, names)),
  ]);
}

/** Pods that the API server refuses to make: the ReplicaSet's `FailedCreate`. */
function creationProblem(message: string, names: RolloutNames): Problem {
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
        `ask for less in ${config} (resources, replicas), or raise the quota (${makingCommand(names)})`,
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
      remedy: `make it again: ${makingCommand(names)}`,
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
    remedy: `correct what the message names, in ${config} or in the namespace (${makingCommand(names)})`,
  };
}

function podProblems(
  pod: PodEvidence,
  { events, volumes }: Pick<RolloutEvidence, 'events' | 'volumes'>,
  names: RolloutNames,
): Problem[] {
  const unscheduled = pod.status?.conditions?.find(
    ({ type, status }) => type === 'PodScheduled' && status === 'False',
  );
  if (unscheduled !== undefined) return schedulingProblems(pod, unscheduled.message ?? '', volumes, names);
  const statuses = [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])];
  const problems = statuses
    .filter((status) => !status.ready && status.state?.terminated?.exitCode !== 0)
    .flatMap((status) => containerProblems(status, pod, events, names));
  if (problems.length > 0) return problems;
  const mount = latestEvent(events, ['FailedMount', 'FailedAttachVolume', 'FailedCreatePodSandBox']);
  return mount === undefined || pod.status?.phase !== 'Pending' ? [] : [mountProblem(pod, mount, names)];
}

/** A pod for which no node is found. */
function schedulingProblems(
  pod: PodEvidence,
  message: string,
  volumes: RolloutEvidence['volumes'],
  names: RolloutNames,
): Problem[] {
  const { deployment, namespace, config, context } = names;
  const user = `, which pods of ${deployment} mount`;
  const claims = (pod.spec?.volumes ?? []).flatMap(({ persistentVolumeClaim }) =>
    persistentVolumeClaim === undefined ? [] : [persistentVolumeClaim.claimName],
  );
  const claimContext = { context, making: makingCommand(names), user };
  const missing = /persistentvolumeclaim "([^"]+)" not found/.exec(message)?.[1];
  if (missing !== undefined) {
    return [claimProblem({ namespace, name: missing }, 'missing', volumes, claimContext)];
  }
  if (message.includes('unbound immediate PersistentVolumeClaims')) {
    return claims.map((name) => claimProblem({ namespace, name }, 'unbound', volumes, claimContext));
  }
  if (/volume node affinity conflict|didn't match PersistentVolume's node affinity/.test(message)) {
    return [
      {
        where: `volume of PersistentVolumeClaim ${namespace}/${claims.join(', ')}${user}`,
        found: message,
        expected: 'a volume on a node that the pod may run on',
        remedy: `correct the node that the volume lies on: ${makingCommand(names)}`,
      },
    ];
  }
  return [
    {
      where: `pods of ${deployment} in namespace ${namespace}, which fit on no node`,
      found: message,
      expected: 'a node with room for them that their constraints allow',
      remedy: remedyLines(
        `ask for less in ${config} (resources, replicas), or add a node`,
        `kubectl --context ${context} describe nodes`,
      ),
    },
  ];
}

function eventsOf(pod: PodEvidence, events: readonly EventEvidence[]): EventEvidence[] {
  return events.filter(({ involvedObject }) => involvedObject.uid === pod.metadata?.uid);
}

/** The pods of a rollout fail alike: of each problem the first pod's is told. */
function unique(problems: readonly Problem[]): Problem[] {
  const byWhere = new Map<string, Problem>();
  for (const problem of problems) if (!byWhere.has(problem.where)) byWhere.set(problem.where, problem);
  return [...byWhere.values()];
}
