import { type Problem } from '@mcp-stacks/problem';
import { type Stack, yamlDocument } from '@mcp-stacks/workspace';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Document, isAlias, isMap, isScalar, type ParsedNode } from 'yaml';
import { SECRET_PLACEHOLDER } from './secret-placeholder.js';

/** A stack's configuration as the engine hands it to the program. */
export interface EngineConfig {
  /** Text by full key (`project:key`); what is no text in the file is JSON, or for a number the text of the file. */
  readonly config: Readonly<Record<string, string>>;
  /** The keys whose value is a secret or contains one. Their values are placeholders. */
  readonly secretKeys: readonly string[];
}

/** The text of a stack's `Pulumi.<environment>.yaml`; `undefined` where it is the file's. */
export type ConfigText = (stack: Stack, environment: string) => string | undefined;

/**
 * Reads the configuration of a stack: `Pulumi.<environment>.yaml`, and below it the defaults of `Pulumi.yaml`.
 *
 * The rules are those of `Value.unmarshalValue` and `ParseKey` in `sdk/go/common/resource/config` of pulumi/pulumi,
 * and for the defaults of `ProjectConfigType` in `sdk/go/common/workspace`. Nothing is decrypted.
 *
 * @param problems Gets what is wrong with the shape of the files; that they are well-formed YAML was checked when
 *   the workspace was read.
 * @param configText What is read in place of the stack's file. @default the file
 */
export function readConfig(
  stack: Stack,
  environment: string,
  problems: Problem[],
  configText?: ConfigText,
): EngineConfig {
  const config: Record<string, string> = {};
  const secretKeys = new Set<string>();
  const set = (key: string, document: Document.Parsed, node: ParsedNode | null): void => {
    const { text, secret } = engineValue(document, node);
    config[key] = text;
    if (secret) secretKeys.add(key);
    else secretKeys.delete(key);
  };

  const project = configOf(stack, 'Pulumi.yaml', problems);
  for (const [key, node] of project.entries) {
    const full = fullKey(stack.name, key);
    if (!isMap(node)) set(full, project.document, node);
    else {
      const value = node.get('value', true) ?? node.get('default', true);
      if (value !== undefined) set(full, project.document, value as ParsedNode);
    }
  }
  const own = configOf(stack, `Pulumi.${environment}.yaml`, problems, configText?.(stack, environment));
  for (const [key, node] of own.entries) set(fullKey(stack.name, key), own.document, node);
  return { config, secretKeys: [...secretKeys] };
}

interface ConfigSection {
  readonly document: Document.Parsed;
  readonly entries: readonly (readonly [key: string, value: ParsedNode | null])[];
}

function configOf(stack: Stack, file: string, problems: Problem[], given?: string): ConfigSection {
  const where = `${stack.path}/${file}`;
  const path = join(stack.folder, file);
  const text = given ?? (existsSync(path) ? readFileSync(path, 'utf8') : undefined);
  const document = yamlDocument(text ?? '');
  if (text === undefined) {
    problems.push({
      where,
      found: 'nothing',
      expected: `the configuration of ${stack.name}`,
      remedy: 'create the file, or leave this environment out',
    });
  }
  const section = isMap(document.contents) ? document.contents.get('config', true) : undefined;
  if (section === undefined || (isScalar(section) && section.value === null))
    return { document, entries: [] };
  if (!isMap<ParsedNode, ParsedNode | null>(section)) {
    problems.push({
      where: `${where}: config`,
      // Not shown: somebody may have put a secret there.
      found: 'something else than a mapping',
      expected: 'a mapping of keys to values',
      remedy: `write one key to a line, as ${stack.name}:key: value`,
    });
    return { document, entries: [] };
  }
  return {
    document,
    entries: section.items.map(({ key, value }) => [
      String(isScalar(key) ? key.value : key.toJS(document)),
      value,
    ]),
  };
}

/** A key without a namespace is the project's own; `project:config:key` is an old form of `project:key`. */
function fullKey(project: string, key: string): string {
  const parts = key.split(':');
  if (parts.length === 1) return `${project}:${key}`;
  return parts.length === 3 && parts[1] === 'config' ? `${parts[0] ?? ''}:${parts[2] ?? ''}` : key;
}

function engineValue(document: Document.Parsed, node: ParsedNode | null): { text: string; secret: boolean } {
  const target = isAlias(node) ? node.resolve(document) : node;
  if (target === null || target === undefined) return { text: '', secret: false };
  if (isScalar(target)) {
    const { value } = target;
    if (value === null) return { text: '', secret: false };
    return {
      text: typeof value === 'string' ? value : (target.source ?? JSON.stringify(value)),
      secret: false,
    };
  }
  const value = target.toJS(document) as unknown;
  if (isSecure(value)) return { text: SECRET_PLACEHOLDER, secret: true };
  let secret = false;
  const text = JSON.stringify(value, (_key, inner: unknown) => {
    if (!isSecure(inner)) return inner;
    secret = true;
    return SECRET_PLACEHOLDER;
  });
  return { text, secret };
}

/** The engine's own test: a mapping with the one key `secure` and text. */
function isSecure(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const entries = Object.entries(value);
  return entries.length === 1 && entries[0]?.[0] === 'secure' && typeof entries[0][1] === 'string';
}
