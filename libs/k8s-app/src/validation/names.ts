import { describeValue, type Problem } from '@mcp-stacks/problem';

/** What Kubernetes accepts as one kind of name. */
export interface NameRule {
  /** How the rule reads in a message. */
  readonly expected: string;
  accepts(name: string): boolean;
}

function rule(expected: string, pattern: RegExp, maxLength: number): NameRule {
  return { expected, accepts: (name) => name.length <= maxLength && pattern.test(name) };
}

/** `IsDNS1123Label` in k8s.io/apimachinery/pkg/util/validation. */
export const DNS_LABEL = rule(
  'at most 63 lower case letters, digits and hyphens, with a letter or digit at both ends (DNS-1123 label)',
  /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
  63,
);

/** `IsDNS1035Label`: what a Service's name must be. */
export const DNS_1035_LABEL = rule(
  'at most 63 lower case letters, digits and hyphens, starting with a letter (DNS-1035 label)',
  /^[a-z]([-a-z0-9]*[a-z0-9])?$/,
  63,
);

/** `IsDNS1123Subdomain`. */
export const DNS_SUBDOMAIN = rule(
  'at most 253 lower case letters, digits, hyphens and dots, each part as a DNS-1123 label',
  /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
  253,
);

/** `IsValidPortName` (IANA_SVC_NAME). */
export const PORT_NAME: NameRule = {
  expected: 'at most 15 lower case letters, digits and single hyphens inside, with at least one letter',
  accepts: (name) => name.length <= 15 && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(name) && /[a-z]/.test(name),
};

/** The part of `IsEnvVarName` that every shell and `envFrom` can also use. */
export const ENV_NAME = rule(
  'letters, digits and underscores, not starting with a digit',
  /^[A-Za-z_][A-Za-z0-9_]*$/,
  Number.POSITIVE_INFINITY,
);

/** `IsConfigMapKey`: a key of a ConfigMap or Secret. */
export const DATA_KEY: NameRule = {
  expected: 'at most 253 letters, digits, hyphens, underscores and dots, neither `.` nor starting with `..`',
  accepts: (name) =>
    name.length <= 253 && /^[-._a-zA-Z0-9]+$/.test(name) && name !== '.' && !name.startsWith('..'),
};

/** `IsValidLabelValue`. */
export const LABEL_VALUE = rule(
  'at most 63 letters, digits, hyphens, underscores and dots, with a letter or digit at both ends',
  /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/,
  63,
);

/** `IsQualifiedName`: the key of a label or annotation. */
export const QUALIFIED_NAME: NameRule = {
  expected: 'a name of at most 63 letters, digits, `-`, `_` and `.`, optionally after a DNS prefix and `/`',
  accepts: (key) => {
    const parts = key.split('/');
    const [prefix, name] = parts.length === 1 ? [undefined, parts[0]] : parts;
    return (
      parts.length <= 2 &&
      name !== undefined &&
      name !== '' &&
      LABEL_VALUE.accepts(name) &&
      (prefix === undefined || DNS_SUBDOMAIN.accepts(prefix))
    );
  },
};

/** A problem where `name` breaks the rule. */
export function* nameProblems(where: string, name: string, rule: NameRule): Generator<Problem> {
  if (!rule.accepts(name)) {
    yield { where, found: describeValue(name), expected: rule.expected, remedy: 'Choose such a name.' };
  }
}
