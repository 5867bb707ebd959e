import { describeValue, type Problem } from '@mcp-stacks/problem';
import { containsSecret, type RecordedResource, SecretValue, UnknownValue } from '@mcp-stacks/recorder';
import { type FieldPath, pathText } from './field-path.js';
import { isSecretObject, type KubernetesObject, objectName } from './kubernetes-object.js';
import { type LeftOutSecret, type Manifest } from './manifest.js';

/** What becomes of one resource. */
export type Converted =
  | { readonly kind: 'manifest'; readonly manifest: Manifest }
  | { readonly kind: 'secret'; readonly manifest: Manifest; readonly secret: LeftOutSecret }
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] };

/** Where a Secret holds its values. */
const SECRET_FIELDS = ['data', 'stringData'];

/**
 * The Kubernetes object that a resource stands for: its inputs, without what is null, as the provider sends them.
 * Problems: no name or a generated one, a value that only a deployment can tell, a secret where anybody who can
 * read the object would see it.
 */
export function toManifest(resource: RecordedResource): Converted {
  const { apiVersion, kind } = resource.inputs;
  const isSecret = isSecretObject({ apiVersion, kind });
  const name = nameOf(resource);
  const shown = `${typeof kind === 'string' ? kind : resource.type} ${name ?? `(Pulumi's ${resource.name})`}`;
  const problems: Problem[] = [];
  const values: FoundValue[] = [];
  const inputs = plain(resource.inputs, [], values) as Record<string, unknown>;

  for (const { path, value } of values) {
    if (isSecret && value instanceof SecretValue && SECRET_FIELDS.includes(String(path[0]))) {
      if (path.length > 1 || isKeyed(value.value)) continue;
    }
    problems.push(valueProblem(`${shown}: ${pathText(resource.inputs, path)}`, value));
  }
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') {
    problems.push({
      where: shown,
      found: `apiVersion ${describeValue(apiVersion)}, kind ${describeValue(kind)}`,
      expected: 'both as text',
      remedy: 'set them',
    });
  }
  problems.push(...nameProblems(shown, resource));
  if (problems.length > 0) return { kind: 'problems', problems };

  const manifest: Manifest = {
    object: inputs as KubernetesObject,
    resource,
    isPatch: resource.type.endsWith('Patch') && !String(kind).endsWith('Patch'),
  };
  if (isSecret && SECRET_FIELDS.some((field) => containsSecret(resource.inputs[field]))) {
    return { kind: 'secret', manifest, secret: leftOut(manifest.object, resource) };
  }
  return { kind: 'manifest', manifest };
}

/** `namespace/name` of the object, as far as it is known. */
function nameOf({ inputs, type }: RecordedResource): string | undefined {
  const metadata = inputs.metadata as Record<string, unknown> | undefined;
  const name = metadata?.name;
  if (typeof name !== 'string') return undefined;
  const namespace = metadata?.namespace;
  return objectName({
    kind: type,
    metadata: { name, ...(typeof namespace === 'string' && { namespace }) },
  }).slice(type.length + 1);
}

function nameProblems(shown: string, { inputs }: RecordedResource): readonly Problem[] {
  const metadata = (inputs.metadata ?? {}) as Record<string, unknown>;
  const { name, generateName } = metadata;
  // An unknown or secret name already has its problem.
  if (typeof name === 'object' && name !== null && generateName === undefined) return [];
  if (typeof name === 'string' && name !== '' && generateName === undefined) return [];
  return [
    {
      where: `${shown}: metadata.name`,
      found: generateName === undefined ? 'no name: Pulumi would make one up' : 'generateName',
      expected: 'a name that is the same in every deployment and in the file',
      remedy: 'set metadata.name in the program',
    },
  ];
}

interface FoundValue {
  readonly path: FieldPath;
  readonly value: SecretValue | UnknownValue;
}

/** A copy without nulls; secrets and unknown values are listed and left out. */
function plain(value: unknown, path: FieldPath, found: FoundValue[]): unknown {
  if (value instanceof SecretValue || value instanceof UnknownValue) {
    found.push({ path, value });
    return undefined;
  }
  if (Array.isArray(value)) return value.map((item, index) => plain(item, [...path, index], found));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, item]) => [key, plain(item, [...path, key], found)] as const)
      .filter(([, item]) => item !== undefined && item !== null),
  );
}

function valueProblem(where: string, value: SecretValue | UnknownValue): Problem {
  if (value instanceof UnknownValue || value.value instanceof UnknownValue) {
    return {
      where,
      found: 'a value that only a deployment can tell',
      expected: 'a value that the program, its config or an upstream stack gives',
      remedy: 'take it from config, or let what reads it find it out at run time',
    };
  }
  return {
    where,
    found: 'a secret',
    expected: 'a value that everybody who can read the object may see',
    remedy: 'put it into a Secret and refer to it with a secretKeyRef or a mounted volume',
  };
}

function isKeyed(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !(value instanceof UnknownValue);
}

function leftOut({ metadata }: KubernetesObject, { inputs }: RecordedResource): LeftOutSecret {
  const keys = SECRET_FIELDS.flatMap((field) => {
    const value = inputs[field];
    const held = value instanceof SecretValue ? value.value : value;
    return typeof held === 'object' && held !== null ? Object.keys(held) : [];
  });
  return {
    name: metadata.name,
    ...(metadata.namespace !== undefined && { namespace: metadata.namespace }),
    keys: [...new Set(keys)].sort(),
  };
}
