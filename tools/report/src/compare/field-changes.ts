/** One field that differs. */
export interface FieldChange {
  /** `spec.template.spec.containers[server].image`; a list of named things goes by their names. */
  readonly path: string;
  /** Absent where the field was not there. */
  readonly before?: unknown;
  /** Absent where the field is gone. */
  readonly after?: unknown;
}

/** What differs between two values, as deep as it can be told, in the order of the fields. */
export function fieldChanges(before: unknown, after: unknown, path = ''): readonly FieldChange[] {
  if (Object.is(before, after)) return [];
  if (isMapping(before) && isMapping(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.flatMap((key) => fieldChanges(before[key], after[key], child(path, key)));
  }
  if (Array.isArray(before) && Array.isArray(after)) return listChanges(before, after, path);
  return [{ path, ...(before !== undefined && { before }), ...(after !== undefined && { after }) }];
}

function listChanges(
  before: readonly unknown[],
  after: readonly unknown[],
  path: string,
): readonly FieldChange[] {
  const [names, otherNames] = [namesOf(before), namesOf(after)];
  if (names !== undefined && otherNames !== undefined) {
    const changes = [...new Set([...names, ...otherNames])].flatMap((name) =>
      fieldChanges(before[names.indexOf(name)], after[otherNames.indexOf(name)], `${path}[${name}]`),
    );
    // Their order alone differs, which containers and variables heed.
    if (changes.length > 0 || names.join('|') === otherNames.join('|')) return changes;
    return [{ path, before: names, after: otherNames }];
  }
  if (before.length !== after.length) {
    const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
    const gone = before.filter((one) => !after.some((other) => same(one, other)));
    const come = after.filter((one) => !before.some((other) => same(one, other)));
    if (gone.length + come.length === 0) return [{ path, before, after }];
    return [
      ...gone.map((one) => ({ path: `${path}[]`, before: one })),
      ...come.map((one) => ({ path: `${path}[]`, after: one })),
    ];
  }
  return before.flatMap((one, index) => fieldChanges(one, after[index], `${path}[${index}]`));
}

/** The names of a list's items, where each has one of its own. */
function namesOf(list: readonly unknown[]): readonly string[] | undefined {
  const names = list.map((item) => (isMapping(item) ? item.name : undefined));
  const isNamed = names.every((name) => typeof name === 'string') && new Set(names).size === names.length;
  return isNamed ? names : undefined;
}

function child(path: string, key: string): string {
  if (!/^[A-Za-z0-9_-]+$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === '' ? key : `${path}.${key}`;
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
