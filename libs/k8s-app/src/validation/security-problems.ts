import { describeValue, type Problem } from '@mcp-stacks/problem';
import type { SecurityException } from '../container-args.js';
import { effectiveUser, hasException } from '../defaults.js';
import type { K8sAppArgs } from '../k8s-app-args.js';
import type { WorkloadContainer } from '../workload-containers.js';
import { integerProblems } from './numbers.js';
import { argumentPath } from './paths.js';

/** Kubernetes' user and group ids: `IsValidUserID` in k8s.io/apimachinery/pkg/util/validation. */
export const ID_RANGE = { min: 0, max: 2 ** 31 - 1 } as const;

/** Fields of a container's security context that have an argument or a secure default of their own. */
const CONTAINER_FIELDS: Readonly<Record<string, string>> = {
  allowPrivilegeEscalation: 'Leave it out; Pod Security `restricted` allows no other value than false.',
  capabilities: 'Leave it out; every capability is dropped.',
  privileged: 'Leave it out; no container is privileged.',
  readOnlyRootFilesystem:
    'Mount an emptyDir where it writes, or name `writableRootFilesystem` in `securityExceptions`.',
  runAsNonRoot: 'Leave it out, or name `runAsRoot` in `securityExceptions`.',
  runAsUser: 'Use the argument `runAsUser` of the container.',
};

const POD_FIELDS: Readonly<Record<string, string>> = {
  runAsNonRoot: 'Leave it out, or name `runAsRoot` in the `securityExceptions` of a container.',
  runAsUser: 'Use `args.runAsUser`.',
  fsGroup: 'Use `args.fsGroup`.',
};

const POD_SPEC_FIELDS: Readonly<Record<string, string>> = {
  automountServiceAccountToken:
    'Mount the token as a projected volume, in the container alone that needs it.',
  hostNetwork: 'Expose a port with the Service.',
  hostPID: 'Leave it out.',
  hostIPC: 'Leave it out.',
  privileged: 'Leave it out.',
};

const EXCEPTIONS: readonly SecurityException['allow'][] = ['writableRootFilesystem', 'runAsRoot'];

/** Problems of what a workload says about its pod's security. */
export function* podSecurityProblems(args: K8sAppArgs): Generator<Problem> {
  yield* refusedFields('args', args, POD_SPEC_FIELDS);
  if (args.podSecurityContext !== undefined) {
    yield* refusedFields('args.podSecurityContext', args.podSecurityContext, POD_FIELDS);
    yield* seccompProblems('args.podSecurityContext', args.podSecurityContext.seccompProfile);
  }
  yield* integerProblems('args.runAsUser', args.runAsUser, ID_RANGE);
  yield* integerProblems('args.fsGroup', args.fsGroup, ID_RANGE);
  if (args.runAsUser === 0) {
    yield {
      where: 'args.runAsUser',
      found: '0',
      expected: 'a user other than root for the whole pod',
      remedy:
        'Set `runAsUser: 0` on the one container that needs it, with a `runAsRoot` exception and its reason.',
    };
  }
}

/** Problems of what a container says about its security. */
export function* containerSecurityProblems(
  { path, args: container }: WorkloadContainer,
  args: K8sAppArgs,
): Generator<Problem> {
  yield* refusedFields(path, container, { privileged: 'Leave it out; no container is privileged.' });
  if (container.securityContext !== undefined) {
    const where = argumentPath(path, 'securityContext');
    yield* refusedFields(where, container.securityContext, CONTAINER_FIELDS);
    yield* seccompProblems(where, container.securityContext.seccompProfile);
    const { procMount } = container.securityContext;
    if (procMount !== undefined && procMount !== 'Default') {
      yield {
        where: argumentPath(where, 'procMount'),
        found: typeof procMount === 'string' ? describeValue(procMount) : 'a promised value',
        expected: '"Default": Pod Security `baseline` allows no other',
        remedy: 'Leave it out.',
      };
    }
  }
  yield* integerProblems(argumentPath(path, 'runAsUser'), container.runAsUser, ID_RANGE);
  const root = hasException(container, 'runAsRoot');
  if (container.runAsUser === 0 && !root) {
    yield {
      where: argumentPath(path, 'runAsUser'),
      found: '0',
      expected: 'a user other than root',
      remedy: 'Give a numeric user, or add a `runAsRoot` exception with its reason to `securityExceptions`.',
    };
  }
  yield* exceptionProblems(argumentPath(path, 'securityExceptions'), container.securityExceptions ?? []);
  if (root && effectiveUser(container, args) !== 0) {
    yield {
      where: argumentPath(path, 'securityExceptions'),
      found: `runAsRoot, with the user ${effectiveUser(container, args)}`,
      expected: 'an exception that is needed',
      remedy: 'Set `runAsUser: 0` on this container, or remove the exception.',
    };
  }
}

function* exceptionProblems(where: string, exceptions: readonly SecurityException[]): Generator<Problem> {
  for (const [index, { allow, reason }] of exceptions.entries()) {
    const path = argumentPath(where, index);
    if (!EXCEPTIONS.includes(allow) || exceptions.findIndex((other) => other.allow === allow) !== index) {
      yield {
        where: argumentPath(path, 'allow'),
        found: describeValue(allow),
        expected: `${EXCEPTIONS.join(' or ')}, each at most once`,
        remedy: 'Name what is given up, once.',
      };
    }
    if (typeof reason !== 'string' || reason.trim() === '') {
      yield {
        where: argumentPath(path, 'reason'),
        found: describeValue(reason),
        expected: 'why the exception must be',
        remedy: 'Write the reason for whoever reads the preview.',
      };
    }
  }
}

function* refusedFields(
  where: string,
  value: object,
  remedies: Readonly<Record<string, string>>,
): Generator<Problem> {
  const given = new Map<string, unknown>(Object.entries(value));
  for (const [field, remedy] of Object.entries(remedies)) {
    const found = given.get(field);
    if (found === undefined) continue;
    yield {
      where: argumentPath(where, field),
      found: typeof found === 'object' ? 'a value' : describeValue(found),
      expected: 'nothing: the secure default cannot be undone here',
      remedy,
    };
  }
}

function* seccompProblems(where: string, profile: unknown): Generator<Problem> {
  if (profile === undefined) return;
  const type =
    typeof profile === 'object' && profile !== null && 'type' in profile ? profile.type : undefined;
  if (type === 'RuntimeDefault' || type === 'Localhost') return;
  yield {
    where: argumentPath(where, 'seccompProfile', 'type'),
    found: typeof type === 'string' ? describeValue(type) : 'no plain value',
    expected: '"RuntimeDefault" or "Localhost", as a plain value',
    remedy: 'Leave it out for RuntimeDefault.',
  };
}
