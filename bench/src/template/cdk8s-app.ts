import { type Json } from '../objects/object-set.js';
import { identifier, type ObjectTemplate, type StackTemplate } from './chain-template.js';
import { isList, isMap, type Template } from './template.js';
import { ValueNames } from './value-names.js';

/** Where cdk8s-plus has what `cdk8s import k8s` writes into a project; nothing else of it is loaded. */
const IMPORTS = `import * as k8s from 'cdk8s-plus-33/lib/imports/k8s';`;

/** What cdk8s knows of Kubernetes' API. */
export interface Cdk8sTypes {
  /** Whether it has a typed construct for an object. */
  hasConstruct(object: Pick<ObjectTemplate, 'apiVersion' | 'kind'>): boolean;
  /** Its own spelling of a field: `clientIp` for `clientIP`. */
  fieldName(key: string): string;
}

/** The files of a cdk8s app by path: a chart class for each stack, values for each environment. */
export function cdk8sApp(
  stacks: readonly StackTemplate[],
  environments: readonly string[],
  types: Cdk8sTypes,
): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  const printers = new Map<string, StackPrinter>();
  for (const template of stacks) {
    const printer = new StackPrinter(template, types);
    printers.set(template.stack, printer);
    files.set(`charts/${template.stack}.ts`, printer.chart());
  }
  for (const environment of environments) {
    files.set(`values/${environment}.ts`, printValues(environment, printers));
  }
  files.set(
    'values/values.ts',
    '/** The values of one stack. */\nexport type Values = Record<string, any>;\n',
  );
  files.set('main.ts', printMain(stacks, environments));
  return files;
}

function printMain(stacks: readonly StackTemplate[], environments: readonly string[]): string {
  const all = environments.map((name) => `${JSON.stringify(name)}: ${identifier(name)}`).join(', ');
  return [
    `import { App } from 'cdk8s';`,
    ...stacks.map(({ stack }) => `import { ${className(stack)} } from './charts/${stack}';`),
    ...environments.map((name) => `import { ${identifier(name)} } from './values/${name}';`),
    '',
    'const app = new App();',
    `for (const [environment, values] of Object.entries({ ${all} })) {`,
    ...stacks.map(
      ({ stack }) =>
        `  new ${className(stack)}(app, environment + '-${stack}', values.${identifier(stack)});`,
    ),
    '}',
    'app.synth();',
    '',
  ].join('\n');
}

function printValues(environment: string, printers: ReadonlyMap<string, StackPrinter>): string {
  const groups = [...printers].map(([stack, { values }]) => {
    const lines = values.valuesOf(environment).map(([name, value]) => `    ${name}: ${value},`);
    return [`  ${identifier(stack)}: {`, ...lines, '  } as Values,'].join('\n');
  });
  const text = [
    `import { Values } from './values';`,
    '',
    `export const ${identifier(environment)} = {`,
    ...groups,
    '};',
    '',
  ].join('\n');
  return text.includes('k8s.') ? `${IMPORTS}\n${text}` : text;
}

/** Writes the chart class of one stack, and the values of its environments. */
class StackPrinter {
  readonly values: ValueNames<string>;
  readonly #template: StackTemplate;
  readonly #types: Cdk8sTypes;
  readonly #typedKinds: ReadonlySet<string>;

  constructor(template: StackTemplate, types: Cdk8sTypes) {
    this.#template = template;
    this.#types = types;
    const typed = template.objects.filter((object) => types.hasConstruct(object));
    this.#typedKinds = new Set(typed.map(({ kind }) => kind));
    this.values = new ValueNames((value, { path }) => this.#value(value, path));
  }

  chart(): string {
    const { stack, objects } = this.#template;
    const hasUntyped = objects.some(({ kind }) => !this.#typedKinds.has(kind));
    return [
      `import { ${hasUntyped ? 'ApiObject, ' : ''}Chart } from 'cdk8s';`,
      ...(this.#typedKinds.size > 0 ? [IMPORTS] : []),
      `import { Construct } from 'constructs';`,
      `import { Values } from '../values/values';`,
      '',
      `export class ${className(stack)} extends Chart {`,
      '  constructor(scope: Construct, id: string, values: Values) {',
      '    super(scope, id);',
      ...objects.map((object) => this.#construct(object)),
      '  }',
      '}',
      '',
    ].join('\n');
  }

  #construct({ id, kind, template, presence }: ObjectTemplate): string {
    const isTyped = this.#typedKinds.has(kind);
    // A typed construct knows what it is.
    const props: Template =
      isTyped && template.kind === 'map'
        ? { ...template, fields: template.fields.filter(([key]) => key !== 'apiVersion' && key !== 'kind') }
        : template;
    const name = isTyped ? `k8s.Kube${kind}` : 'ApiObject';
    const line = `new ${name}(this, '${id}', ${this.#printed(props, [kind])});`;
    return presence === undefined ? `    ${line}` : `    if (values.${this.values.nameOf(presence)}) ${line}`;
  }

  #printed(template: Template, path: readonly string[]): string {
    switch (template.kind) {
      case 'same':
        return this.#value(template.value, path);
      case 'map': {
        const fields = template.fields.map(
          ([key, value]) => `${this.#key(key, path)}: ${this.#printed(value, [...path, key])}`,
        );
        return `{ ${fields.join(', ')} }`;
      }
      case 'list': {
        const items = template.items.map((item) => {
          const text = this.#printed(item, path);
          return item.kind === 'hole' && item.isOptional ? `...(${text} ? [${text}] : [])` : text;
        });
        return `[${items.join(', ')}]`;
      }
      case 'hole':
        return `values.${this.values.nameOf(template)}`;
    }
  }

  #value(value: Json, path: readonly string[]): string {
    if (isList(value)) return `[${value.map((item) => this.#value(item, path)).join(', ')}]`;
    if (isMap(value)) {
      const fields = Object.entries(value).map(
        ([key, item]) => `${this.#key(key, path)}: ${this.#value(item, [...path, key])}`,
      );
      return `{ ${fields.join(', ')} }`;
    }
    const text = JSON.stringify(value);
    const type = this.#typedKinds.has(path[0] ?? '') ? wrapperOf(path) : undefined;
    if (type === undefined) return text;
    return `k8s.${type}.from${typeof value === 'number' ? 'Number' : 'String'}(${text})`;
  }

  #key(key: string, path: readonly string[]): string {
    const name = this.#typedKinds.has(path[0] ?? '') ? this.#types.fieldName(key) : key;
    return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
  }
}

const INT_OR_STRING = ['targetPort', 'maxSurge', 'maxUnavailable', 'minAvailable'];

/** The class that cdk8s wants around a field's value, by Kubernetes' API reference. */
function wrapperOf(path: readonly string[]): 'IntOrString' | 'Quantity' | undefined {
  const [grandparent = '', parent = '', key = ''] = path.slice(-3);
  const isAmount =
    (grandparent === 'resources' && ['limits', 'requests'].includes(parent)) ||
    (path[0] === 'LimitRange' && ['default', 'defaultRequest', 'max', 'min'].includes(parent)) ||
    ['hard', 'capacity'].includes(parent);
  if (isAmount || key === 'sizeLimit') return 'Quantity';
  if (INT_OR_STRING.includes(key)) return 'IntOrString';
  const isPort =
    ['httpGet', 'tcpSocket'].includes(parent) || (path[0] === 'NetworkPolicy' && parent === 'ports');
  return key === 'port' && isPort ? 'IntOrString' : undefined;
}

function className(stack: string): string {
  const name = identifier(stack);
  return name.charAt(0).toUpperCase() + name.slice(1);
}
