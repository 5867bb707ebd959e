import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Cdk8sTypes } from '../template/cdk8s-app.js';

type Imports = Readonly<
  Record<string, { readonly GVK?: { readonly apiVersion: string; readonly kind: string } } | undefined>
>;

/**
 * What the installed cdk8s-plus knows of Kubernetes' API.
 *
 * @param packages The folder that holds `node_modules`.
 */
export function cdk8sTypes(packages: string): Cdk8sTypes {
  const require = createRequire(join(packages, 'package.json'));
  const file = require.resolve('cdk8s-plus-33/lib/imports/k8s');
  const imports = require(file) as Imports;
  const declarations = readFileSync(file.replace(/\.js$/, '.d.ts'), 'utf8');
  const fields = [...declarations.matchAll(/readonly (\w+)\??:/g)].map(([, name = '']) => name);
  const bySpelling = new Map(fields.map((name) => [name.toLowerCase(), name]));
  const known = new Set(fields);
  return {
    hasConstruct: ({ apiVersion, kind }) => imports[`Kube${kind}`]?.GVK?.apiVersion === apiVersion,
    fieldName: (key) => (known.has(key) ? key : (bySpelling.get(key.toLowerCase()) ?? key)),
  };
}
