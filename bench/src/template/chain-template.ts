import { type Json, objectKey, type PlainObject } from '../objects/object-set.js';
import { type StackObjects } from '../objects/reference-objects.js';
import { type Hole, type Template, templateOf } from './template.js';

/** One object of a stack. */
export interface ObjectTemplate {
  readonly apiVersion: string;
  readonly kind: string;
  /** Tells it from the stack's other ones, as an identifier: `deploymentMcpGithub`. */
  readonly id: string;
  readonly template: Template;
  /** Whether there is such an object: absent where every environment has it, else `true` where there is one. */
  readonly presence?: Hole;
}

/** The objects of one stack, in every environment. */
export interface StackTemplate {
  readonly stack: string;
  readonly objects: readonly ObjectTemplate[];
}

/** What a person would have written who made the same objects with a template language. */
export function chainTemplate(
  all: readonly StackObjects[],
  environments: readonly string[],
): readonly StackTemplate[] {
  const stacks = [...new Set(all.map(({ stack }) => stack))];
  return stacks.map((stack) => {
    const byRole = new Map<string, Map<string, PlainObject>>();
    for (const { environment, objects } of all.filter((one) => one.stack === stack)) {
      for (const object of objects.values()) {
        const role = roleOf(object);
        byRole.set(role, (byRole.get(role) ?? new Map<string, PlainObject>()).set(environment, object));
      }
    }
    const ids = new Set<string>();
    return {
      stack,
      objects: [...byRole.values()].map((objects) => objectTemplate(objects, environments, ids)),
    };
  });
}

function objectTemplate(
  objects: ReadonlyMap<string, PlainObject>,
  environments: readonly string[],
  ids: Set<string>,
): ObjectTemplate {
  const [first] = objects.values();
  if (first === undefined) throw new Error('an object of no environment');
  const { apiVersion, kind } = first;
  const id = uniqueName(identifier(`${kind}-${first.metadata.name}`), ids);
  return {
    apiVersion,
    kind,
    id,
    template: templateOf(objects as ReadonlyMap<string, unknown> as ReadonlyMap<string, Json>, objects.size, [
      kind,
    ]),
    ...(objects.size < environments.length && {
      presence: {
        kind: 'hole',
        path: [id],
        values: new Map([...objects.keys()].map((environment) => [environment, true])),
        isOptional: true,
      },
    }),
  };
}

/** What makes objects of different environments the same one: their names but for the namespace. */
function roleOf(object: PlainObject): string {
  const { name, namespace } = object.metadata;
  const base = namespace ?? '';
  return objectKey({
    ...object,
    metadata: {
      name: base === '' ? name : name.replaceAll(base, '*'),
      ...(namespace !== undefined && { namespace: '*' }),
    },
  });
}

/** `mcp-github` → `mcpGithub`. */
export function identifier(text: string): string {
  const [head = '', ...tail] = text.split(/[^A-Za-z0-9]+/).filter(Boolean);
  const name =
    head.charAt(0).toLowerCase() +
    head.slice(1) +
    tail.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return /^[A-Za-z]/.test(name) ? name : `x${name}`;
}

/** `name`, or `name2` and so on where it is taken. */
export function uniqueName(name: string, taken: Set<string>): string {
  let unique = name;
  for (let number = 2; taken.has(unique); number += 1) unique = `${name}${number}`;
  taken.add(unique);
  return unique;
}
