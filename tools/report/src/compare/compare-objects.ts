import { type KubernetesObject } from '@mcp-stacks/render';
import { type FieldChange, fieldChanges } from './field-changes.js';
import { fixedFields } from './fixed-fields.js';
import { type ObjectChange } from './object-change.js';
import { HIDDEN, type RenderedObject } from './rendering.js';
import { without } from './without.js';

/**
 * What becomes of a stack's objects. Whether an object is replaced is told by its fields alone: only the engine, which
 * knows what is deployed and under which name the program registers it, knows for certain.
 */
export function compareObjects(
  before: readonly RenderedObject[],
  after: readonly RenderedObject[],
): readonly ObjectChange[] {
  const former = new Map(before.map((one) => [one.key, one]));
  const kept = new Set(after.map(({ key }) => key));
  const gone = before.filter(({ key }) => !kept.has(key));
  const renamed = new Map(
    after
      .filter(({ key }) => !former.has(key))
      .flatMap((one) => {
        const found = gone.find((other) => isRenamed(other, one));
        return found === undefined ? [] : [[one.key, found] as const];
      }),
  );
  const replaced = new Set([...renamed.values()].map(({ key }) => key));
  return [
    ...after.flatMap((one): readonly ObjectChange[] => {
      const old = former.get(one.key);
      if (old !== undefined) return changeOf(old, one);
      const other = renamed.get(one.key);
      if (other === undefined)
        return [{ action: 'create', name: one.name, after: one, fields: [], reasons: [] }];
      const fields = fieldChanges(other.object, one.object);
      return [
        {
          action: 'replace',
          name: one.name,
          before: other,
          after: one,
          fields,
          reasons: [`it was ${other.name}`],
        },
      ];
    }),
    ...gone
      .filter(({ key }) => !replaced.has(key))
      .map((one): ObjectChange => ({
        action: 'delete',
        name: one.name,
        before: one,
        fields: [],
        reasons: [],
      })),
  ];
}

function changeOf(before: RenderedObject, after: RenderedObject): readonly ObjectChange[] {
  const fields = [...fieldChanges(before.object, after.object), ...changedSecrets(before, after)];
  if (fields.length === 0) return [];
  const reasons = fixedFields(before.object)
    .filter((path) => fields.some((field) => isWithin(field.path, path)))
    .map((path) => `${path} cannot be changed in place`);
  return [
    {
      action: reasons.length > 0 ? 'replace' : 'change',
      name: after.name,
      before,
      after,
      fields,
      reasons,
    },
  ];
}

function changedSecrets(before: RenderedObject, after: RenderedObject): readonly FieldChange[] {
  const { secretDigests: old } = before;
  const { secretDigests: current } = after;
  if (old === undefined || current === undefined) return [];
  return Object.keys(current)
    .filter((path) => old[path] !== undefined && old[path] !== current[path])
    .map((path) => ({ path, before: HIDDEN, after: HIDDEN }));
}

/** Whether one object is the other under another name or kind, its own name in labels and selectors included. */
function isRenamed(before: RenderedObject, after: RenderedObject): boolean {
  const [old, current] = [before.object, after.object];
  const sameKind = old.kind === current.kind && old.apiVersion === current.apiVersion;
  if (!sameKind) return old.kind === current.kind && old.metadata.name === current.metadata.name;
  // Of two Secrets nothing is known but their names, and other objects are nothing else.
  const content = without(old, ['apiVersion', 'kind', 'metadata']);
  if (old.kind === 'Secret' || Object.keys(content).length === 0) return false;
  return neutral(old) === neutral(current);
}

/** The object as text, without its namespace and with a blank for its name wherever that stands as a word. */
function neutral(object: KubernetesObject): string {
  const { name } = object.metadata;
  const word = new RegExp(`(?<![A-Za-z0-9])${name.replaceAll('.', String.raw`\.`)}(?![A-Za-z0-9])`, 'g');
  return JSON.stringify(
    { ...object, metadata: without(object.metadata, ['name', 'namespace']) },
    (_key, value: unknown) => (typeof value === 'string' ? value.replaceAll(word, ' ') : value),
  );
}

function isWithin(path: string, parent: string): boolean {
  return path === parent || path.startsWith(`${parent}.`) || path.startsWith(`${parent}[`);
}
