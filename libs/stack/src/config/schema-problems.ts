import { describeValue, type Problem } from '@mcp-stacks/problem';
import { closest, distance } from 'fastest-levenshtein';
import { z } from 'zod';
import { INTERPRETED } from './interpreted.js';
import { metaOf, schemaAt, unwrap } from './schema-at.js';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** How a path reads in a message; `root` is what stands before its first dot. */
export function pathText(root: string, path: Path): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    const key = String(part);
    const named = /^[\w/-]+$/.test(key) ? key : JSON.stringify(key);
    return text === '' || /[: ]$/.test(text) ? `${text}${named}` : `${text}.${named}`;
  }, root);
}

/**
 * The problems that a schema finds in a value, as the author of the value reads them.
 *
 * @param root What stands before every path: `github-mcp:`, or the name of an output.
 * @param show How a found value is printed. @default as JSON, shortened
 */
export function schemaProblems(
  schema: z.ZodType,
  input: unknown,
  root: string,
  show: (value: unknown, path: Path) => string = describeValue,
): readonly Problem[] {
  const result = schema.safeParse(input, INTERPRETED);
  if (result.success) return [];
  return result.error.issues.flatMap((issue) => problemsOf(issue, []));

  function problemsOf(issue: Issue, base: Path): readonly Problem[] {
    const path = [...base, ...issue.path];
    const at = schemaAt(schema, path, input);
    const value = valueAt(input, path);
    const problem = (expected: string, remedy?: string): Problem => ({
      where: pathText(root, path),
      found: show(value, path),
      expected,
      remedy: remedy ?? defaultRemedy(path, at, value),
    });
    switch (issue.code) {
      case 'unrecognized_keys': {
        const known = keysOf(at);
        return issue.keys.map((key) => ({
          where: pathText(root, [...path, key]),
          found: `the unknown key ${JSON.stringify(key)}`,
          expected: `one of ${known.join(', ')}`,
          remedy:
            didYouMean(key, known) ??
            'remove it, or see the config reference for the key that says what you mean',
        }));
      }
      case 'invalid_union': {
        // A union of which exactly one option fits the kind of value: say what that option says.
        const fitting = issue.errors.filter((errors) => !errors.some(isOfAnotherKind));
        const chosen = fitting.length === 1 ? fitting[0] : undefined;
        if (chosen !== undefined) return chosen.flatMap((one) => problemsOf(one, path));
        if (issue.errors.length === 0) {
          const values = discriminatorValues(schemaAt(schema, path.slice(0, -1), input), path.at(-1));
          return [
            problem(
              `one of ${values.join(', ')}`,
              typeof value === 'string' ? didYouMean(value, values) : undefined,
            ),
          ];
        }
        return [problem(expectedOf(at) ?? issue.errors.flat().map(expectation).join(', or '))];
      }
      case 'invalid_key':
      case 'invalid_element':
        return issue.issues.length > 0
          ? issue.issues.map((one) => ({
              ...problem(expectation(one), one.code === 'custom' ? remedyOf(one) : undefined),
              ...(issue.code === 'invalid_key' && {
                found: `the key ${JSON.stringify(String(path.at(-1)))}`,
              }),
            }))
          : [problem(expectation(issue))];
      case 'invalid_value': {
        const values = issue.values.map(String);
        return [
          problem(
            expectedOf(at) ??
              (issue.values.length === 1 ? JSON.stringify(issue.values[0]) : `one of ${values.join(', ')}`),
            typeof value === 'string' ? didYouMean(value, values) : undefined,
          ),
        ];
      }
      case 'custom':
        return [
          problem(
            remedyOf(issue) === undefined ? (expectedOf(at) ?? issue.message) : issue.message,
            remedyOf(issue),
          ),
        ];
      default:
        return [
          problem(
            expectedOf(at) ?? expectation(issue),
            issue.code === 'invalid_type' && issue.expected === 'never'
              ? `remove ${nameOf(path)}`
              : undefined,
          ),
        ];
    }
  }
}

/** What may stand under the key that tells the variants of a union apart. */
function discriminatorValues(
  union: z.core.$ZodType | undefined,
  key: PropertyKey | undefined,
): readonly string[] {
  const inner = union === undefined ? undefined : unwrap(union);
  if (!(inner instanceof z.ZodUnion) || key === undefined) return [];
  return inner.options.flatMap((option) => {
    const literal =
      option instanceof z.ZodObject ? (option.shape as Record<PropertyKey, unknown>)[key] : undefined;
    return literal instanceof z.ZodLiteral ? [...literal.values].map(String) : [];
  });
}

/** Whether an option of a union is for values of another kind altogether. */
function isOfAnotherKind(issue: Issue): boolean {
  return issue.path.length === 0 && (issue.code === 'invalid_type' || issue.code === 'invalid_value');
}

/** What a schema expects, in its own words: `meta({ expected })`. */
function expectedOf(schema: z.core.$ZodType | undefined): string | undefined {
  const expected = metaOf(schema).expected;
  return typeof expected === 'string' ? expected : undefined;
}

function remedyOf(issue: Issue): string | undefined {
  const remedy: unknown = issue.code === 'custom' ? issue.params?.remedy : undefined;
  return typeof remedy === 'string' ? remedy : undefined;
}

function defaultRemedy(path: Path, schema: z.core.$ZodType | undefined, value: unknown): string {
  const meta = metaOf(schema);
  const name = nameOf(path);
  const example: unknown = Array.isArray(meta.examples) ? meta.examples[0] : undefined;
  const verb = value === undefined ? `add ${name}` : `change ${name}`;
  const written = example === undefined ? '' : `, for example ${name}: ${JSON.stringify(example)}`;
  const about = meta.description === undefined ? '' : ` (${meta.description})`;
  return `${verb}${written}${about}`;
}

/** The last key of a path, with the index where it is an entry of a list. */
function nameOf(path: Path): string {
  return pathText('', path.slice(path.findLastIndex((part) => typeof part === 'string')));
}

function expectation(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return article(issue.expected);
    case 'too_small':
      return `${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}${unitOf(issue.origin)}`;
    case 'too_big':
      return `${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}${unitOf(issue.origin)}`;
    case 'invalid_format':
      return issue.format === 'regex' ? `text of the form ${issue.pattern ?? ''}` : article(issue.format);
    case 'invalid_value':
      return issue.values.map((value) => JSON.stringify(value)).join(' or ');
    default:
      return issue.message;
  }
}

const UNITS: Readonly<Record<string, string>> = {
  string: ' characters',
  array: ' entries',
  record: ' entries',
};

function unitOf(origin: string): string {
  return UNITS[origin] ?? '';
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'a mapping of keys to values',
  record: 'a mapping of keys to values',
  array: 'a list',
};

function article(type: string): string {
  return TYPES[type] ?? type;
}

function keysOf(schema: z.core.$ZodType | undefined): readonly string[] {
  if (schema === undefined) return [];
  const inner = unwrap(schema);
  if (inner instanceof z.ZodObject) return Object.keys(inner.shape);
  if (inner instanceof z.ZodUnion) return [...new Set(inner.options.flatMap(keysOf))];
  return [];
}

/** A correction for a slip of the fingers: two letters, or a third of them, may differ. */
export function didYouMean(word: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const nearest = closest(
    word.toLowerCase(),
    known.map((one) => one.toLowerCase()),
  );
  const original = known.find((one) => one.toLowerCase() === nearest);
  if (original === undefined || distance(word.toLowerCase(), nearest) > Math.max(2, word.length / 3))
    return undefined;
  return `did you mean ${original}?`;
}

function valueAt(input: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    input,
  );
}
