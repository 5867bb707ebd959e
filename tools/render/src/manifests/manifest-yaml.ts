import { Document, isScalar, visit } from 'yaml';
import { type LeftOutSecret, leftOutText } from './manifest.js';
import { compareText } from './manifest-order.js';

/** The keys that come before all others, which stand in alphabetical order. */
const FIRST_KEYS = ['apiVersion', 'kind', 'metadata', 'name', 'namespace', 'labels', 'annotations', 'image'];

/** Plain text that some YAML reader takes for something else, and the writer for YAML 1.1 does not quote. */
const AMBIGUOUS = /^(=|<<|[-+]?0o[0-7_]+)$/;

/** What goes into one stack's file. */
export interface ManifestFile {
  readonly stack: string;
  readonly environment: string;
  /** The YAML of each, in the order of the file. */
  readonly objects: readonly string[];
  readonly leftOut: readonly LeftOutSecret[];
}

/** The text of a stack's manifest file: one YAML document for each object, the same for the same objects. */
export function manifestYaml({ stack, environment, objects, leftOut }: ManifestFile): string {
  const header = [
    `# ${stack}, ${environment}: written by render from the program that Pulumi runs. Do not edit.`,
  ];
  if (leftOut.length > 0) {
    header.push(
      '#',
      '# Secrets that hold secret values are not in this file. The workloads need them:',
      ...leftOut.map((secret) => `#   ${leftOutText(secret)}`),
    );
  }
  if (objects.length === 0) header.push('#', '# It has nothing to apply.');
  return [`${header.join('\n')}\n`, ...objects].join('---\n');
}

/**
 * One object as YAML that readers of YAML 1.1 (kubectl) and 1.2 take for the same: text that either would take for
 * a number, a boolean or a date is quoted.
 */
export function toYaml(object: unknown): string {
  const document = new Document(sorted(object), { version: '1.1', aliasDuplicateObjects: false });
  visit(document, (_key, node) => {
    if (isScalar(node) && typeof node.value === 'string' && AMBIGUOUS.test(node.value))
      node.type = 'QUOTE_DOUBLE';
  });
  return document.toString({ lineWidth: 0 });
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => keyRank(one) - keyRank(other) || compareText(one, other))
      .map(([key, item]) => [key, sorted(item)]),
  );
}

function keyRank(key: string): number {
  const rank = FIRST_KEYS.indexOf(key);
  return rank < 0 ? FIRST_KEYS.length : rank;
}
