import type { Problem } from '@mcp-stacks/problem';

interface NameRule {
  readonly pattern: RegExp;
  readonly expected: string;
}

const RULES = {
  /** As npm, Nx, Pulumi and a folder of every system take it; Pulumi's limit is the shortest. */
  stack: {
    pattern: /^[a-z](?:[-a-z0-9]{0,98}[a-z0-9])?$/,
    expected: 'at most 100 lower-case letters, digits and hyphens, a letter first, no hyphen last',
  },
  /** RFC 1035: what Kubernetes takes for a Service, which is the strictest of the objects that bear it. */
  server: {
    pattern: /^[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?$/,
    expected: 'at most 63 lower-case letters, digits and hyphens, a letter first, no hyphen last (RFC 1035)',
  },
} as const satisfies Record<string, NameRule>;

/** The problem of a name that npm, Pulumi or Kubernetes would refuse. */
export function* nameProblems(where: string, name: string, rule: keyof typeof RULES): Generator<Problem> {
  const { pattern, expected } = RULES[rule];
  if (pattern.test(name)) return;
  yield { where, found: JSON.stringify(name), expected, remedy: 'choose another name' };
}

/** The problem of an image that the stack would refuse: without a tag or digest, or with the tag `latest`. */
export function* imageProblems(image: string): Generator<Problem> {
  const reference = /^[^\s:@]+(:\d+\/[^\s:@]+)?(:(?!latest(@|$))[\w][\w.-]{0,127})?(@sha256:[0-9a-f]{64})?$/;
  if (reference.test(image) && /:[\w][\w.-]*$/.test(image.slice(image.lastIndexOf('/') + 1))) return;
  yield {
    where: 'image',
    found: JSON.stringify(image),
    expected: 'an image with a fixed tag or digest: without one, or with latest, nobody knows what runs',
    remedy: 'name the version, as ghcr.io/acme/search-mcp:1.4.0',
  };
}
