import { apiGroup, type KubernetesObject } from '../manifests/kubernetes-object.js';
import { importEsModule } from './import-es-module.js';

/** One complaint of a model, as the JSON Schema validator Ajv words it. */
export interface ModelError {
  /** A JSON pointer. */
  readonly instancePath: string;
  readonly keyword: string;
  readonly message?: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** Checks an object against the schema of its kind: the errors, none where it fits. */
export type ObjectModel = (object: object) => readonly ModelError[];

/** The packages that hold the models, by API group; all others are Kubernetes' own. */
const PACKAGES: Readonly<Record<string, string>> = {
  'monitoring.coreos.com': '@kubernetes-models/prometheus-operator',
};

const NOT_THERE = ['ERR_MODULE_NOT_FOUND', 'ERR_PACKAGE_PATH_NOT_EXPORTED'];

const models = new Map<string, Promise<ObjectModel | undefined>>();

/** The model of a kind, loaded at the first use; `undefined` for a custom kind that no package describes. */
export async function objectModel({
  apiVersion,
  kind,
}: Pick<KubernetesObject, 'apiVersion' | 'kind'>): Promise<ObjectModel | undefined> {
  const specifier = `${PACKAGES[apiGroup(apiVersion)] ?? 'kubernetes-models'}/${apiVersion}/${kind}`;
  let model = models.get(specifier);
  if (model === undefined) models.set(specifier, (model = load(specifier, kind)));
  return await model;
}

async function load(specifier: string, kind: string): Promise<ObjectModel | undefined> {
  let exported: Record<string, unknown>;
  try {
    exported = await importEsModule(specifier);
  } catch (error) {
    if (NOT_THERE.includes((error as { code?: string }).code ?? '')) return undefined;
    throw error;
  }
  const model = exported[kind] as { prototype: { validate(this: object): void } };
  return (object) => {
    try {
      model.prototype.validate.call(object);
      return [];
    } catch (error) {
      const { errors } = error as { errors?: readonly ModelError[] };
      if (errors === undefined) throw error;
      return errors;
    }
  };
}
