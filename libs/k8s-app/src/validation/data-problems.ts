import type { Problem } from '@mcp-stacks/problem';
import type { Input } from '@pulumi/pulumi';
import { DATA_KEY, DNS_SUBDOMAIN, nameProblems } from './names.js';
import { argumentPath } from './paths.js';

/** What a ConfigMap or a Secret may hold: `MaxSecretSize` in k8s.io/api/core/v1. */
const MAX_BYTES = 1024 * 1024;

/** Problems of the ConfigMaps or Secrets that a workload owns; never shows a value. */
export function* dataProblems(
  where: 'args.configMaps' | 'args.secrets',
  objects: Readonly<Record<string, Readonly<Record<string, Input<string>>>>>,
): Generator<Problem> {
  for (const [name, data] of Object.entries(objects)) {
    const path = argumentPath(where, name);
    yield* nameProblems(path, name, DNS_SUBDOMAIN);
    for (const key of Object.keys(data)) yield* nameProblems(argumentPath(path, key), key, DATA_KEY);
    yield* sizeProblems(path, data);
  }
}

/**
 * Problems of the contents of one object once they are known: a value that is none, since the type of a resource's
 * output may promise more than its provider gives, and more than fits.
 */
export function* contentProblems(where: string, data: Readonly<Record<string, unknown>>): Generator<Problem> {
  for (const [key, value] of Object.entries(data)) {
    if (typeof value === 'string') continue;
    yield {
      where: argumentPath(where, key),
      found: value === undefined || value === null ? 'nothing' : `a value of type ${typeof value}`,
      expected: 'text',
      remedy: 'Convert it to text; of an output, look at what it resolves to.',
    };
  }
  yield* sizeProblems(where, data);
}

function* sizeProblems(where: string, data: Readonly<Record<string, unknown>>): Generator<Problem> {
  const bytes = Object.entries(data)
    .map(([, value]) => (typeof value === 'string' ? Buffer.byteLength(value) : 0))
    .reduce((sum, size) => sum + size, 0);
  if (bytes > MAX_BYTES) {
    yield {
      where,
      found: `${bytes} bytes`,
      expected: `at most ${MAX_BYTES} bytes (1 MiB) in one object`,
      remedy: 'Split it into several, or put large files into a volume.',
    };
  }
}
