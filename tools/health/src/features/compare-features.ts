import { isDeepStrictEqual } from 'node:util';
import { compareSchemas } from './compare-schemas.js';
import { describeChange } from './describe-change.js';
import type { FeatureList, Prompt, Tool } from './feature-list.js';
import { type FieldChange, type Impact, IMPACTS, worstImpact } from './field-change.js';

/** What happened to one thing that a server offers. */
export interface FeatureChange {
  readonly kind: 'tool' | 'resource' | 'resource template' | 'prompt' | 'server';
  /** Name of the tool or prompt, URI of the resource, URI template; name of the server. */
  readonly name: string;
  readonly change: 'added' | 'removed' | 'changed';
  /** The worst of its fields. */
  readonly impact: Impact;
  /** What changed in it, the worst first; empty for what was added or removed. */
  readonly fields: readonly FieldChange[];
}

/** What the hints of a tool mean where they are not given (MCP, `ToolAnnotations`). */
const HINTS: Readonly<Record<string, { readonly default: boolean; readonly safe: boolean }>> = {
  readOnlyHint: { default: false, safe: true },
  destructiveHint: { default: true, safe: false },
  idempotentHint: { default: false, safe: true },
  openWorldHint: { default: true, safe: false },
};

/**
 * What changed in what a server offers, for clients that were written for the former list: what breaks them comes
 * first, then by kind and name.
 */
export function compareFeatures(before: FeatureList, after: FeatureList): readonly FeatureChange[] {
  const changes = [
    ...changed('server', after.server.name, serverChanges(before, after)),
    ...compareEach('tool', before.tools, after.tools, ({ name }) => name, toolChanges),
    ...compareEach('resource', before.resources, after.resources, ({ uri }) => uri, contentChanges),
    ...compareEach(
      'resource template',
      before.resourceTemplates,
      after.resourceTemplates,
      ({ uriTemplate }) => uriTemplate,
      contentChanges,
    ),
    ...compareEach('prompt', before.prompts, after.prompts, ({ name }) => name, promptChanges),
  ];
  return byImpact(changes);
}

function compareEach<T>(
  kind: FeatureChange['kind'],
  before: readonly T[],
  after: readonly T[],
  key: (one: T) => string,
  compare: (before: T, after: T) => readonly FieldChange[],
): FeatureChange[] {
  const [was, is] = [
    new Map(before.map((one) => [key(one), one])),
    new Map(after.map((one) => [key(one), one])),
  ];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((name): FeatureChange[] => {
    const [old, now] = [was.get(name), is.get(name)];
    if (now === undefined) return [{ kind, name, change: 'removed', impact: 'breaks', fields: [] }];
    if (old === undefined) return [{ kind, name, change: 'added', impact: 'compatible', fields: [] }];
    return changed(kind, name, compare(old, now));
  });
}

function changed(kind: FeatureChange['kind'], name: string, fields: readonly FieldChange[]): FeatureChange[] {
  if (fields.length === 0) return [];
  return [{ kind, name, change: 'changed', impact: worstImpact(fields), fields: byImpact(fields) }];
}

function byImpact<T extends { readonly impact: Impact }>(changes: readonly T[]): T[] {
  return changes.toSorted((one, other) => IMPACTS.indexOf(one.impact) - IMPACTS.indexOf(other.impact));
}

function serverChanges(before: FeatureList, after: FeatureList): FieldChange[] {
  return [
    ...plain('name', before.server.name, after.server.name),
    ...plain('version', before.server.version, after.server.version),
    ...plain('protocol version', before.protocolVersion, after.protocolVersion),
    ...plain('instructions', before.instructions, after.instructions),
    ...(before.authenticated === after.authenticated
      ? []
      : plain('listed', tokenText(before.authenticated), tokenText(after.authenticated))),
  ];
}

function tokenText(authenticated: boolean): string {
  return authenticated ? 'with a bearer token' : 'without a token';
}

function toolChanges(before: Tool, after: Tool): FieldChange[] {
  return [
    ...texts(before, after),
    ...compareSchemas(before.inputSchema, after.inputSchema, 'argument'),
    ...resultChanges(before.outputSchema, after.outputSchema),
    ...hintChanges(before.annotations ?? {}, after.annotations ?? {}),
  ];
}

function resultChanges(before: Tool['outputSchema'], after: Tool['outputSchema']): FieldChange[] {
  if (before !== undefined && after !== undefined) return compareSchemas(before, after, 'result');
  if (before === after) return [];
  return after === undefined
    ? [{ field: 'results', what: 'no longer described by a schema', impact: 'breaks' }]
    : [{ field: 'results', what: 'now described by a schema', impact: 'compatible' }];
}

/** A client may do by itself what is marked as harmless, so a mark that is gone may surprise it. */
function hintChanges(
  before: NonNullable<Tool['annotations']>,
  after: NonNullable<Tool['annotations']>,
): FieldChange[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .sort()
    .flatMap((name): FieldChange[] => {
      const [old, now] = [before[name], after[name]];
      if (isDeepStrictEqual(old, now)) return [];
      const hint = HINTS[name];
      if (hint !== undefined && (old ?? hint.default) === (now ?? hint.default)) return [];
      const isLost = hint !== undefined && (now ?? hint.default) !== hint.safe;
      return [{ field: name, what: describeChange(old, now), impact: isLost ? 'may break' : 'compatible' }];
    });
}

interface Described {
  readonly name: string;
  readonly title?: string | undefined;
  readonly description?: string | undefined;
}

function texts(before: Described, after: Described): FieldChange[] {
  return [
    ...plain('name', before.name, after.name),
    ...plain('title', before.title, after.title),
    ...plain('description', before.description, after.description),
  ];
}

function plain(field: string, before: string | undefined, after: string | undefined): FieldChange[] {
  return before === after ? [] : [{ field, what: describeChange(before, after), impact: 'compatible' }];
}

function contentChanges(
  before: Described & { readonly mimeType?: string | undefined },
  after: Described & { readonly mimeType?: string | undefined },
): FieldChange[] {
  const mimeType = plain('mimeType', before.mimeType, after.mimeType);
  return [
    ...texts(before, after),
    ...mimeType.map((change) => ({ ...change, impact: 'may break' as const })),
  ];
}

/** Arguments of a prompt are texts, so they are compared as the properties of a schema. */
function promptChanges(before: Prompt, after: Prompt): FieldChange[] {
  return [
    ...texts(before, after),
    ...compareSchemas(argumentSchema(before), argumentSchema(after), 'argument'),
  ];
}

function argumentSchema({ arguments: all = [] }: Prompt): Readonly<Record<string, unknown>> {
  return {
    properties: Object.fromEntries(all.map(({ name, description }) => [name, { description }])),
    required: all.filter(({ required }) => required === true).map(({ name }) => name),
  };
}
