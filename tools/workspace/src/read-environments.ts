import { describeValue, type Problem } from '@mcp-stacks/problem';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readYaml } from './read-yaml.js';
import { type Environment } from './workspace.js';

const FILE = 'environments.yaml';
const EXAMPLE = 'dev: { backend: local, confirm: false }';
const BACKEND = '"local", or a mapping with url';
/** The schemes that `pulumi login` knows (`pkg/backend/diy` and `pkg/backend/httpstate` of pulumi/pulumi). */
const SCHEMES = ['https', 'http', 's3', 'gs', 'azblob', 'file'];

const urlBackend = z.strictObject({
  url: z.string().regex(new RegExp(`^(${SCHEMES.join('|')})://.+`), {
    error: `a URL that pulumi login takes: ${SCHEMES.map((scheme) => `${scheme}://`).join(', ')}`,
  }),
  secretsProvider: z.string().min(1).optional(),
});

const environment = z.strictObject({
  backend: z.union([z.literal('local'), urlBackend]),
  confirm: z.boolean().default(true),
});

const environments = z.record(
  z.string().regex(/^[A-Za-z0-9_-]+$/, { error: 'letters, digits, - and _' }),
  environment,
);

type Issue = z.core.$ZodIssue;

/**
 * The entries of `environments.yaml` by name, in the file's order; problems are added. `undefined` where not even
 * the names can be read.
 */
export function readEnvironments(
  root: string,
  problems: Problem[],
): ReadonlyMap<string, Environment> | undefined {
  const file = join(root, FILE);
  if (!existsSync(file)) {
    problems.push({
      where: FILE,
      found: 'nothing',
      expected: 'a file with one entry for each environment',
      remedy: `create it at the workspace's root, starting with: ${EXAMPLE}`,
    });
    return undefined;
  }
  const before = problems.length;
  const content = readYaml(file, FILE, problems);
  if (problems.length > before) return undefined;

  const parsed = environments.safeParse(content);
  if (!parsed.success) {
    problems.push(...parsed.error.issues.flatMap((issue) => toProblems(issue, content)));
    // The names still serve to judge the stacks' files, so that one mistake here does not hide those.
    if (typeof content !== 'object' || content === null || Array.isArray(content)) return undefined;
    return new Map(
      Object.keys(content).map((name) => [name, { name, backend: { kind: 'local' }, confirm: true }]),
    );
  }
  return new Map(
    Object.entries(parsed.data).map(([name, { backend, confirm }]) => [
      name,
      { name, backend: backend === 'local' ? { kind: 'local' } : { kind: 'url', ...backend }, confirm },
    ]),
  );
}

function toProblems(issue: Issue, content: unknown): Problem[] {
  const found = valueAt(content, issue.path);
  const key = issue.path.join('.');
  const where = key === '' ? FILE : `${FILE}: ${key}`;
  if (issue.code === 'unrecognized_keys') {
    const known = issue.path.length === 1 ? Object.keys(environment.shape) : Object.keys(urlBackend.shape);
    return issue.keys.map((unknown) => ({
      where: `${where}.${unknown}`,
      found: 'an unknown key',
      expected: `one of ${known.join(', ')}`,
      remedy: 'correct its spelling or remove it',
    }));
  }
  if (issue.code === 'invalid_union') {
    // For a mapping, what is wrong with its keys says more than that it is not the word "local".
    const ofMapping = issue.errors.at(1) ?? [];
    if (typeof found === 'object' && found !== null) {
      return ofMapping.flatMap((inner) =>
        toProblems({ ...inner, path: [...issue.path, ...inner.path] }, content),
      );
    }
    return [{ where, found: describeValue(found), expected: BACKEND, remedy: 'set it to one of these' }];
  }
  if (issue.code === 'invalid_key') {
    const expected = issue.issues[0]?.message ?? 'another name';
    return [{ where, found: `the name ${key}`, expected, remedy: 'rename the environment' }];
  }
  return [
    {
      where,
      found: describeValue(found),
      expected: issue.code === 'invalid_type' ? `a ${issue.expected}` : issue.message,
      remedy: issue.path.length === 0 ? `write entries such as ${EXAMPLE}` : 'set it to such a value',
    },
  ];
}

function valueAt(content: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    content,
  );
}
