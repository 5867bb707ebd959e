import { describeValue, type Problem } from '@mcp-stacks/problem';
import { isLiteral } from '../environment.js';
import type { K8sAppArgs } from '../k8s-app-args.js';
import type { WorkloadContainer } from '../workload-containers.js';
import { imageProblems } from './image-problems.js';
import { DNS_LABEL, ENV_NAME, nameProblems } from './names.js';
import { argumentPath } from './paths.js';
import { probeProblems } from './probe-problems.js';
import { resourceProblems } from './resource-problems.js';
import { containerSecurityProblems } from './security-problems.js';

/** What only a container that stays can have. */
const ONLY_RUNNING = ['startupProbe', 'readinessProbe', 'livenessProbe', 'lifecycle'] as const;

/** Problems of the containers, except their ports and mounts. */
export function* containerProblems(
  args: K8sAppArgs,
  containers: readonly WorkloadContainer[],
): Generator<Problem> {
  const paths = new Map<string, string>();
  for (const container of containers) {
    const { name, role, path, args: own } = container;
    // The main container's name is the workload's, which is checked as such.
    if (role !== 'main') yield* nameProblems(path, name, DNS_LABEL);
    const first = paths.get(name);
    paths.set(name, path);
    if (first !== undefined) {
      yield {
        where: path,
        found: describeValue(name),
        expected: `another name than ${first} has; the main container has the workload's`,
        remedy: 'Rename one of the two.',
      };
    }
    if (typeof own.image === 'string') yield* imageProblems(argumentPath(path, 'image'), own.image);
    if (own.resources !== undefined) yield* resourceProblems(argumentPath(path, 'resources'), own.resources);
    yield* environmentProblems(container, args);
    yield* probeProblems(path, own);
    if (role === 'init') {
      for (const field of ONLY_RUNNING.filter((key) => own[key] !== undefined)) {
        yield {
          where: argumentPath(path, field),
          found: 'a value',
          expected: 'nothing: an init container runs to completion',
          remedy: 'Leave it out, or make the container a native sidecar.',
        };
      }
    }
    yield* containerSecurityProblems(container, args);
  }
}

function* environmentProblems(
  { path, args: container }: WorkloadContainer,
  args: K8sAppArgs,
): Generator<Problem> {
  for (const [name, value] of Object.entries(container.env ?? {})) {
    const where = argumentPath(path, 'env', name);
    yield* nameProblems(where, name, ENV_NAME);
    if (isLiteral(value)) continue;
    const sources = Object.keys(value);
    if (sources.length !== 1) {
      yield {
        where,
        found: sources.length === 0 ? 'no source' : sources.join(' and '),
        expected: 'exactly one of secretKeyRef, configMapKeyRef, fieldRef, resourceFieldRef',
        remedy: 'Say where the value comes from.',
      };
    }
    yield* keyProblems(argumentPath(where, 'secretKeyRef'), value.secretKeyRef, args.secrets, 'args.secrets');
    yield* keyProblems(
      argumentPath(where, 'configMapKeyRef'),
      value.configMapKeyRef,
      args.configMaps,
      'args.configMaps',
    );
  }
}

/** A problem where a reference to an object that the workload owns names a key that the object has not. */
function* keyProblems(
  where: string,
  reference: unknown,
  owned: Readonly<Record<string, Readonly<Record<string, unknown>>>> | undefined,
  ownedPath: string,
): Generator<Problem> {
  if (typeof reference !== 'object' || reference === null || !('name' in reference && 'key' in reference))
    return;
  const { name, key } = reference;
  if (typeof name !== 'string' || typeof key !== 'string') return;
  const data = owned?.[name];
  if (data !== undefined && !Object.hasOwn(data, key)) {
    yield {
      where: argumentPath(where, 'key'),
      found: describeValue(key),
      expected: `a key of \`${argumentPath(ownedPath, name)}\`: ${Object.keys(data).join(', ')}`,
      remedy: 'Correct the key, or add it there.',
    };
  }
}
