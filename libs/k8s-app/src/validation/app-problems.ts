import type { Problem } from '@mcp-stacks/problem';
import type { K8sAppArgs } from '../k8s-app-args.js';
import { servicePorts } from '../service-ports.js';
import type { WorkloadContainer } from '../workload-containers.js';
import { containerProblems } from './container-problems.js';
import { dataProblems } from './data-problems.js';
import { DNS_1035_LABEL, DNS_LABEL, LABEL_VALUE, nameProblems, QUALIFIED_NAME } from './names.js';
import { integerProblems } from './numbers.js';
import { argumentPath } from './paths.js';
import { portProblems } from './port-problems.js';
import { scaleProblems } from './scale-problems.js';
import { podSecurityProblems } from './security-problems.js';
import { volumeProblems } from './volume-problems.js';

/** Everything that is wrong with a workload's arguments, as far as they are plain values. */
export function* appProblems(
  workload: string,
  args: K8sAppArgs,
  containers: readonly WorkloadContainer[],
): Generator<Problem> {
  const isService = args.service !== false && servicePorts(containers).length > 0;
  const where = args.name === undefined ? 'name' : 'args.name';
  yield* nameProblems(where, workload, isService ? DNS_1035_LABEL : DNS_LABEL);
  if (typeof args.namespace === 'string') yield* nameProblems('args.namespace', args.namespace, DNS_LABEL);
  yield* metadataProblems(args);
  yield* containerProblems(args, containers);
  yield* portProblems(args, containers);
  yield* volumeProblems(args, containers);
  yield* dataProblems('args.configMaps', args.configMaps ?? {});
  yield* dataProblems('args.secrets', args.secrets ?? {});
  yield* podSecurityProblems(args);
  yield* scaleProblems(args);
  const seconds = { unit: 'seconds' };
  yield* integerProblems('args.rolloutTimeoutSeconds', args.rolloutTimeoutSeconds, { min: 1, ...seconds });
  const grace = 'args.terminationGracePeriodSeconds';
  yield* integerProblems(grace, args.terminationGracePeriodSeconds, { min: 0, ...seconds });
  yield* integerProblems('args.revisionHistoryLimit', args.revisionHistoryLimit, { min: 0 });
}

function* metadataProblems(args: K8sAppArgs): Generator<Problem> {
  for (const field of ['version', 'component', 'partOf'] as const) {
    const value = args[field];
    if (value !== undefined) yield* nameProblems(`args.${field}`, value, LABEL_VALUE);
  }
  for (const field of ['labels', 'annotations', 'podAnnotations'] as const) {
    for (const [key, value] of Object.entries(args[field] ?? {})) {
      const where = argumentPath('args', field, key);
      yield* nameProblems(where, key, QUALIFIED_NAME);
      if (field === 'labels' && typeof value === 'string') yield* nameProblems(where, value, LABEL_VALUE);
    }
  }
}
