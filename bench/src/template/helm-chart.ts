import { stringify } from 'yaml';
import { type Json } from '../objects/object-set.js';
import { identifier, type StackTemplate } from './chain-template.js';
import { type Hole, type Template } from './template.js';
import { ValueNames } from './value-names.js';

/** The files of a Helm chart by path: a template for each stack, values for each environment. */
export function helmChart(
  stacks: readonly StackTemplate[],
  environments: readonly string[],
): ReadonlyMap<string, string> {
  const files = new Map([
    ['Chart.yaml', stringify({ apiVersion: 'v2', name: 'mcp-stacks', version: '1.0.0' })],
    ['values.yaml', '{}\n'],
  ]);
  const names = new Map(
    stacks.map(({ stack }) => [identifier(stack), new ValueNames<Json>((value) => value)]),
  );
  for (const { stack, objects } of stacks) {
    const group = identifier(stack);
    const printer = new HelmPrinter(`.Values.${group}`, names.get(group) ?? new ValueNames((value) => value));
    files.set(
      `templates/${stack}.yaml`,
      objects.map(({ template, presence }) => printer.document(template, presence)).join(''),
    );
  }
  for (const environment of environments) {
    const values = [...names].map(
      ([group, of]) => [group, Object.fromEntries(of.valuesOf(environment))] as const,
    );
    files.set(`values-${environment}.yaml`, stringify(Object.fromEntries(values), { version: '1.1' }));
  }
  return files;
}

class HelmPrinter {
  readonly #group: string;
  readonly #names: ValueNames<Json>;

  /** @param group What the names of its values stand below, as `.Values.githubMcp`. */
  constructor(group: string, names: ValueNames<Json>) {
    this.#group = group;
    this.#names = names;
  }

  document(template: Template, presence: Hole | undefined): string {
    const lines = template.kind === 'map' ? this.#fields(template.fields, 0) : [];
    const text = ['---', ...lines];
    return `${(presence === undefined ? text : this.#if(presence, text)).join('\n')}\n`;
  }

  #fields(fields: readonly (readonly [string, Template])[], indent: number): readonly string[] {
    return fields.flatMap(([key, value]) =>
      this.#entry(`${' '.repeat(indent)}${scalar(key)}:`, value, indent + 2),
    );
  }

  /** @param head What comes before the value: a key with its colon, or the dash of a list. */
  #entry(head: string, template: Template, indent: number): readonly string[] {
    switch (template.kind) {
      case 'same':
        return [`${head} ${scalar(template.value)}`];
      case 'map':
        return [head, ...this.#fields(template.fields, indent)];
      case 'list':
        return [
          head,
          ...template.items.flatMap((item) => this.#entry(`${' '.repeat(indent)}-`, item, indent + 2)),
        ];
      case 'hole': {
        const value = `${this.#group}.${this.#names.nameOf(template)}`;
        const lines = [`${head} ${placeholder(value, [...template.values.values()], indent)}`];
        return template.isOptional ? this.#if(template, lines) : lines;
      }
    }
  }

  #if(hole: Hole, lines: readonly string[]): readonly string[] {
    return [`{{- if hasKey ${this.#group} "${this.#names.nameOf(hole)}" }}`, ...lines, '{{- end }}'];
  }
}

function placeholder(value: string, all: readonly Json[], indent: number): string {
  if (all.every((one) => typeof one === 'string')) return `{{ ${value} | quote }}`;
  if (all.every((one) => typeof one === 'number')) return `{{ ${value} | int }}`;
  if (all.every((one) => typeof one === 'boolean')) return `{{ ${value} }}`;
  return `{{- toYaml ${value} | nindent ${indent} }}`;
}

/** JSON is YAML; what Helm would take for a template of its own is one that prints it. */
function scalar(value: Json): string {
  if (
    typeof value === 'string' &&
    /^[A-Za-z][A-Za-z0-9./-]*$/.test(value) &&
    !/^(y|n|yes|no|on|off|true|false|null)$/i.test(value)
  )
    return value;
  return JSON.stringify(value).replaceAll('{{', '{{ "{{" }}');
}
