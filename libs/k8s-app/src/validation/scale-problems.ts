import { describeValue, type Problem } from '@mcp-stacks/problem';
import { DEFAULTS } from '../defaults.js';
import type { DisruptionBudgetArgs, K8sAppArgs } from '../k8s-app-args.js';
import { integerProblems } from './numbers.js';

/** Problems of how many pods there are, and how many may be missing. */
export function* scaleProblems(args: K8sAppArgs): Generator<Problem> {
  const { replicas, autoscaler, disruptionBudget } = args;
  yield* integerProblems('args.replicas', replicas, { min: 0 });
  if (autoscaler !== undefined) {
    if (replicas !== undefined) {
      yield {
        where: 'args.replicas',
        found: describeValue(replicas),
        expected: 'nothing beside `args.autoscaler`: each deploy would undo what it scaled',
        remedy: 'Remove `replicas`; the least number is `autoscaler.minReplicas`.',
      };
    }
    yield* integerProblems('args.autoscaler.minReplicas', autoscaler.minReplicas, { min: 1 });
    yield* integerProblems('args.autoscaler.maxReplicas', autoscaler.maxReplicas, { min: 1 });
    const cpu = 'args.autoscaler.targetCpuUtilizationPercent';
    yield* integerProblems(cpu, autoscaler.targetCpuUtilizationPercent, { min: 1, unit: 'percent' });
    if (autoscaler.minReplicas > autoscaler.maxReplicas) {
      yield {
        where: 'args.autoscaler.minReplicas',
        found: describeValue(autoscaler.minReplicas),
        expected: `at most \`maxReplicas\`, ${autoscaler.maxReplicas}`,
        remedy: 'Lower `minReplicas` or raise `maxReplicas`.',
      };
    }
  }
  if (disruptionBudget !== undefined) {
    yield* budgetProblems(disruptionBudget, autoscaler?.minReplicas ?? replicas ?? DEFAULTS.replicas);
  }
}

function* budgetProblems(budget: DisruptionBudgetArgs, replicas: number): Generator<Problem> {
  const { minAvailable, maxUnavailable } = budget as { minAvailable?: unknown; maxUnavailable?: unknown };
  if ((minAvailable === undefined) === (maxUnavailable === undefined)) {
    yield {
      where: 'args.disruptionBudget',
      found: minAvailable === undefined ? 'nothing' : 'minAvailable and maxUnavailable',
      expected: 'exactly one of minAvailable and maxUnavailable',
      remedy: 'Remove one, or leave the budget out.',
    };
    return;
  }
  const field = minAvailable === undefined ? 'maxUnavailable' : 'minAvailable';
  const where = `args.disruptionBudget.${field}`;
  const value = minAvailable ?? maxUnavailable;
  const pods = podsOf(value, replicas);
  if (pods === undefined) {
    yield {
      where,
      found: describeValue(value),
      expected: 'a number of pods, or a percentage as "50%"',
      remedy: 'Correct the value.',
    };
  } else if (replicas > 0 && (field === 'minAvailable' ? pods >= replicas : pods === 0)) {
    yield {
      where,
      found: `${describeValue(value)} of ${replicas} ${replicas === 1 ? 'replica' : 'replicas'}`,
      expected:
        'a budget that lets at least one pod go: this one blocks every drain of a node, so the node cannot be upgraded',
      remedy:
        replicas === 1
          ? 'Leave the budget out, or run at least two replicas.'
          : `Let one pod be missing: \`maxUnavailable: 1\`.`,
    };
  }
}

/** Kubernetes rounds percentages of a budget up, for both fields. */
function podsOf(value: unknown, replicas: number): number | undefined {
  if (typeof value === 'number') return Number.isInteger(value) && value >= 0 ? value : undefined;
  const percent = typeof value === 'string' ? /^(\d{1,3})%$/.exec(value)?.[1] : undefined;
  if (percent === undefined || Number(percent) > 100) return undefined;
  return Math.ceil((Number(percent) * replicas) / 100);
}
