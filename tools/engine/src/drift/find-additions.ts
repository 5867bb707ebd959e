import type { ManagedFields } from '../cluster/object-client.js';

/** A key of a map or an index of a list. */
export type PathPart = string | number;

/** A field that somebody added to an object of a stack, and of which the stack's program says nothing. */
export interface Addition {
  readonly path: readonly PathPart[];
  readonly value: unknown;
  /** Who wrote it: `kubectl-edit`. */
  readonly manager: string;
}

/** Managers whose fields are nobody's edit: Pulumi, and the cluster's own controllers. */
const OWN = /^(pulumi-|kube-|mcp-stacks-)|-controller(-manager)?$/;

/**
 * Finds what others added to an object: the provider compares only what the program states, so that one more rule in a
 * Role, one more variable or container in a Deployment is no difference to it.
 *
 * Who wrote a field stands in the object itself (`managedFields`), so what the API server or an admission webhook adds
 * by itself is never taken for somebody's: it counts as written by whoever sent the object.
 *
 * Labels, annotations and the status are free for everybody, and so is what a subresource sets, such as the number of
 * replicas of an autoscaler.
 *
 * @param declared The object as the program states it.
 * @param live The object as the cluster has it, with `metadata.managedFields`.
 */
export function findAdditions(declared: unknown, live: unknown): readonly Addition[] {
  const managers = (at(at(live, 'metadata'), 'managedFields') ?? []) as readonly ManagedFields[];
  const found = new Map<string, Addition>();
  for (const { manager = '', subresource, fieldsV1 = {} } of managers) {
    if (subresource !== undefined || OWN.test(manager)) continue;
    const add = (path: readonly PathPart[], value: unknown) => {
      found.set(JSON.stringify(path), { path, value, manager });
    };
    const fields = Object.entries(fieldsV1).filter(([name]) => name !== 'f:metadata' && name !== 'f:status');
    visit(Object.fromEntries(fields), declared, live, [], add);
  }
  return [...found.values()];
}

type Add = (path: readonly PathPart[], value: unknown) => void;

/**
 * Walks the fields that a manager wrote. Their names (Kubernetes' FieldsV1): `f:` a key of a map, `k:` the keys that tell
 * an element of a list from others, `v:` an element of a list of values. One without fields of its own is written as
 * a whole.
 */
function visit(
  fields: Readonly<Record<string, unknown>>,
  declared: unknown,
  live: unknown,
  path: readonly PathPart[],
  add: Add,
): void {
  for (const [name, below] of Object.entries(fields)) {
    const part = partOf(name, live);
    // Pod templates have metadata, too: where `kubectl rollout restart` leaves its mark.
    if (part === undefined || part === 'metadata') continue;
    const liveValue = at(live, part);
    if (liveValue === undefined) continue;
    const declaredValue = typeof part === 'string' ? at(declared, part) : elementLike(name, declared);
    const inside = below as Readonly<Record<string, unknown>>;
    if (declaredValue === undefined) add([...path, part], liveValue);
    else if (Object.keys(inside).some((key) => key !== '.')) {
      // A secret or unknown value stands for all that is in it.
      if (typeof declaredValue === 'object') visit(inside, declaredValue, liveValue, [...path, part], add);
    } else compareWhole(declaredValue, liveValue, [...path, part], add);
  }
}

/** Where a field is in the live object; `undefined` for what is not there, or is the object itself (`.`). */
function partOf(name: string, live: unknown): PathPart | undefined {
  if (name.startsWith('f:')) return name.slice(2);
  if (!Array.isArray(live) || !/^[kv]:/.test(name)) return undefined;
  const index = live.findIndex((element) => isLike(name, element));
  return index < 0 ? undefined : index;
}

function elementLike(name: string, declared: unknown): unknown {
  return Array.isArray(declared) ? declared.find((element) => isLike(name, element)) : undefined;
}

/** Whether an element of a list is the one that `k:{…}` or `v:…` names; a key that is not stated has its default. */
function isLike(name: string, element: unknown): boolean {
  const wanted: unknown = JSON.parse(name.slice(2));
  if (name.startsWith('v:')) return element === wanted;
  return Object.entries(wanted as object).every(([key, value]) => {
    const given = at(element, key);
    return given === value || (given === undefined && key === 'protocol');
  });
}

/** A value that was written as a whole: what it has more than the declared one. */
function compareWhole(declared: unknown, live: unknown, path: readonly PathPart[], add: Add): void {
  if (Array.isArray(live) && Array.isArray(declared)) {
    live.forEach((value: unknown, index) => {
      if (index >= declared.length) add([...path, index], value);
      else compareWhole(declared[index], value, [...path, index], add);
    });
  } else if (isMap(live) && isMap(declared)) {
    for (const [key, value] of Object.entries(live)) {
      if (Object.hasOwn(declared, key)) compareWhole(declared[key], value, [...path, key], add);
      // The default that the API server writes into ports of network policies.
      else if (key !== 'protocol') add([...path, key], value);
    }
  }
}

function at(value: unknown, key: PathPart): unknown {
  if (Array.isArray(value)) return value[Number(key)] as unknown;
  return isMap(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
