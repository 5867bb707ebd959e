import { describeValue, type Problem } from '@mcp-stacks/problem';
import { type FieldPath, pathText, valueAt } from '../manifests/field-path.js';
import { objectName } from '../manifests/kubernetes-object.js';
import { type Manifest } from '../manifests/manifest.js';
import { toYaml } from '../manifests/manifest-yaml.js';
import { FaultlessObjects } from './faultless-objects.js';
import { type ModelError, objectModel } from './object-models.js';
import { observeReads } from './observe-reads.js';

/**
 * What the Kubernetes API would refuse in an object, by the schema of its kind, and the fields that it would drop
 * without a word. Of a kind that no schema describes only the metadata is checked.
 *
 * @param faultless Objects that need no check; gets this one if it has no problem.
 */
export async function schemaProblems(
  manifest: Manifest,
  faultless = new FaultlessObjects(),
): Promise<readonly Problem[]> {
  if (faultless.yaml(manifest) !== undefined) return [];
  const problems = await check(manifest);
  if (problems.length === 0) faultless.add(manifest, toYaml(manifest.object));
  return problems;
}

async function check({ object, isPatch }: Manifest): Promise<readonly Problem[]> {
  const described = await objectModel(object);
  const { apiVersion, kind, metadata } = object;
  const bare = { apiVersion: 'v1', kind: 'ConfigMap' };
  const model = described ?? (await objectModel(bare));
  if (model === undefined) throw new Error('kubernetes-models has no v1/ConfigMap');
  const checked = described === undefined ? { ...bare, metadata } : structuredClone(object);

  const reads = observeReads(checked);
  const errors = model(reads.proxy);
  const shown = objectName(object);
  const where = (path: FieldPath): string => `${shown}: ${pathText(checked, path)}`;
  const problems = byPlace(checked, errors)
    // A patch sets some fields of an object that has the others.
    .filter(([, place]) => !isPatch || place.every(({ keyword }) => keyword !== 'required'))
    .map(([path, place]) => ({
      where: where(path),
      found: describeValue(valueAt(checked, path)),
      expected: [...new Set(place.map(expectation))].join(' or '),
      remedy: `correct it as the API of ${apiVersion} ${kind} has it`,
    }));
  const unknown = reads
    .unread()
    .filter(isDescribed)
    .map((path) => ({
      where: where(path),
      found: `a field that ${apiVersion} ${kind} does not have there`,
      expected: 'only fields of the API: it drops others without a word',
      remedy: 'correct its spelling or its place, or remove it',
    }));
  return [...problems, ...unknown];
}

/** The models leave out the extensions of JSON Schema that a CustomResourceDefinition may contain. */
function isDescribed(path: FieldPath): boolean {
  return !String(path.at(-1)).startsWith('x-kubernetes-');
}

/** The errors of each place together: of alternatives, every one that fails complains. */
function byPlace(
  object: object,
  errors: readonly ModelError[],
): (readonly [FieldPath, readonly ModelError[]])[] {
  const places = new Map<string, [FieldPath, ModelError[]]>();
  for (const error of errors) {
    if (error.keyword === 'oneOf' || error.keyword === 'anyOf') continue;
    const path = pointerPath(object, error.instancePath);
    if (error.keyword === 'required') path.push(String(error.params.missingProperty));
    const key = JSON.stringify(path);
    const place = places.get(key);
    if (place === undefined) places.set(key, [path, [error]]);
    else place[1].push(error);
  }
  return [...places.values()];
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  object: 'a mapping',
  array: 'a list',
};

function expectation({ keyword, message, params }: ModelError): string {
  switch (keyword) {
    case 'required':
      return 'a value';
    case 'type':
      return TYPES[String(params.type)] ?? String(params.type);
    case 'enum':
      return (params.allowedValues as readonly unknown[]).map((value) => JSON.stringify(value)).join(' or ');
    case 'format':
      return `the format ${String(params.format)}`;
    default:
      return message ?? keyword;
  }
}

/** https://www.rfc-editor.org/rfc/rfc6901 */
function pointerPath(object: object, pointer: string): (string | number)[] {
  const path: (string | number)[] = [];
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    path.push(Array.isArray(valueAt(object, path)) ? Number(key) : key);
  }
  return path;
}
