import { describeValue, type Problem, ProblemsError } from '@mcp-stacks/problem';
import { isDeepStrictEqual } from 'node:util';
import { type PlainObject } from './object-set.js';

/**
 * Checks that a contestant made the very objects that render makes.
 *
 * @throws ProblemsError with each object that is missing, is one too many or differs, and where.
 */
export function requireSameObjects(
  contestant: string,
  expected: ReadonlyMap<string, PlainObject>,
  found: ReadonlyMap<string, PlainObject>,
): void {
  const remedy = 'correct how bench/ generates this contestant: its time would compare unlike work';
  const problems: Problem[] = [];
  for (const [key, object] of expected) {
    const other = found.get(key);
    if (other === undefined) problems.push({ where: key, found: 'nothing', expected: 'the object', remedy });
    else
      for (const { path, one, other: value } of differences(object, other, '')) {
        problems.push({
          where: `${key}: ${path}`,
          found: describeValue(value),
          expected: describeValue(one),
          remedy,
        });
      }
  }
  for (const key of found.keys()) {
    if (!expected.has(key)) problems.push({ where: key, found: 'an object', expected: 'none', remedy });
  }
  ProblemsError.throwIfAny(`The objects of ${contestant}, against those of render`, problems);
}

interface Difference {
  readonly path: string;
  readonly one: unknown;
  readonly other: unknown;
}

function differences(one: unknown, other: unknown, path: string): readonly Difference[] {
  if (isDeepStrictEqual(one, other)) return [];
  if (!isContainer(one) || !isContainer(other) || Array.isArray(one) !== Array.isArray(other)) {
    return [{ path, one, other }];
  }
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].flatMap((key) =>
    differences(one[key], other[key], path === '' ? key : `${path}.${key}`),
  );
}

function isContainer(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
