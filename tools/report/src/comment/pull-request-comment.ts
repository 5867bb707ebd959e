import { type Comparison, isUnchanged, type StackComparison } from '../compare/compare-renderings.js';
import { type FieldChange } from '../compare/field-changes.js';
import { lineDiff } from '../compare/line-diff.js';
import { type Action, ACTIONS, type ObjectChange } from '../compare/object-change.js';
import { type Rendering } from '../compare/rendering.js';
import { secretKeys } from '../compare/secret-keys.js';
import { shortValue } from '../page/short-value.js';
import { blastRadius } from './blast-radius.js';
import { type ChangedProject } from './changed-projects.js';
import { clientChanges } from './client-changes.js';
import { type EnginePreview, type EngineStep } from './engine-preview.js';
import { code, codeBlock, folded, plain } from './markdown.js';
import { type Part, within } from './within.js';

/** By this line a job finds the comment that it wrote before. */
export const MARKER = '<!-- mcp-stacks preview -->';

/** GitHub's limit for a comment, in characters. */
export const LIMIT = 65_536;

/** The most entries of a list of findings. */
const LISTED = 40;

/** What a comment is made of. */
export interface CommentOptions {
  readonly comparison: Comparison;
  readonly head: Rendering;
  /** What was rendered, for people. */
  readonly commit: string;
  /** What it is compared with, for people. */
  readonly base: string;
  /** What the engine says; a stack without one is told by its manifests alone. @default none */
  readonly previews?: readonly EnginePreview[];
  /** What changed in the workspace. @default not known */
  readonly projects?: readonly ChangedProject[];
  /** Where the pages are. @default nowhere */
  readonly pageUrl?: string;
  /** The most characters. @default GitHub's limit */
  readonly limit?: number;
}

/** One stack of one environment, as far as there is something to say. */
interface Affected extends StackComparison {
  readonly preview?: EnginePreview;
}

/** What a change would do, as a comment on its pull request. */
export function pullRequestComment(options: CommentOptions): string {
  const { comparison, head, commit, base, previews = [], projects = [], pageUrl, limit = LIMIT } = options;
  const stacks = comparison.environments.flatMap((one) => one.stacks);
  const affected = stacks.flatMap((stack): readonly Affected[] => {
    const preview = previews.find(
      (one) => one.stack === stack.stack && one.environment === stack.environment,
    );
    if (isUnchanged(stack) && (preview === undefined || preview.steps.length === 0)) return [];
    return [{ ...stack, ...(preview !== undefined && { preview }) }];
  });
  const page = pageUrl === undefined ? 'the page that `npx report` writes' : `[the page](${pageUrl})`;
  const picture = blastRadius(comparison, head, projects);
  const isolated = projects.filter(({ usedBy }) => !affected.some(({ stack }) => usedBy?.has(stack) ?? true));
  const parts: readonly (Part | undefined)[] = [
    fixed(`${MARKER}\n### Preview: ${headline(affected)}`),
    fixed(
      `${code(commit)} compared with ${code(base)}${pageUrl === undefined ? '' : ` · **[Full report](${pageUrl})**`}`,
    ),
    affected.length === 0 ? undefined : fixed(countsTable(affected)),
    affected.length === stacks.length ? undefined : fixed(unchangedText(stacks, affected)),
    ...findingsParts(affected),
    ...clientParts(affected),
    picture === undefined ? undefined : fixed(`**Blast radius**\n\n${codeBlock('mermaid', picture)}`),
    isolated.length === 0
      ? undefined
      : fixed(`Changed, without effect on any stack: ${isolated.map(({ name }) => code(name)).join(', ')}`),
    ...affected.flatMap(detailsParts),
    fixed(`<sub>${tellers(affected)} Values of Secrets are never shown.</sub>`),
  ];
  return within(
    parts.filter((part) => part !== undefined),
    limit,
    (left) =>
      `**${left === 1 ? 'One diff is' : `${left} diffs are`} left out here, for want of room**: see ${page}.`,
  );
}

function fixed(text: string): Part {
  return { text };
}

function headline(affected: readonly Affected[]): string {
  if (affected.length === 0) return 'nothing changes';
  const names = [...new Set(affected.map(({ environment }) => environment))];
  return names
    .map((name) => {
      const { length } = affected.filter(({ environment }) => environment === name);
      return `${length} ${length === 1 ? 'stack' : 'stacks'} in ${plain(name)}`;
    })
    .join(', ');
}

/** By the engine where it was asked: it knows what is deployed. */
function countsOf({ counts, preview }: Affected): Readonly<Record<Action, number>> {
  if (preview === undefined) return counts;
  return Object.fromEntries(
    ACTIONS.map((action) => [action, preview.steps.filter((step) => step.action === action).length]),
  ) as Record<Action, number>;
}

function countsTable(affected: readonly Affected[]): string {
  return [
    `| environment | stack | ${ACTIONS.join(' | ')} | told by |`,
    `| --- | --- | ${ACTIONS.map(() => '--:').join(' | ')} | --- |`,
    ...affected.map((stack) => {
      const counts = countsOf(stack);
      const cells = ACTIONS.map((action) => (counts[action] === 0 ? '' : `**${counts[action]}**`));
      const presence = stack.presence === 'both' ? '' : ` (${stack.presence})`;
      return `| ${plain(stack.environment)} | ${code(stack.stack)}${presence} | ${cells.join(' | ')} | ${stack.preview === undefined ? 'render only' : 'the engine'} |`;
    }),
  ].join('\n');
}

function unchangedText(all: readonly StackComparison[], affected: readonly Affected[]): string {
  const isAffected = new Set(affected.map(({ environment, stack }) => `${environment}/${stack}`));
  const same = all.filter(({ environment, stack }) => !isAffected.has(`${environment}/${stack}`));
  const byStack = new Map<string, string[]>();
  for (const { stack, environment } of same) byStack.set(stack, [...(byStack.get(stack) ?? []), environment]);
  return `Unchanged: ${[...byStack].map(([stack, names]) => `${code(stack)} in ${plain(names.join(', '))}`).join('; ')}`;
}

/** New warnings first, then who reaches whom, then the rest; the same in several environments is said once. */
function findingsParts(affected: readonly Affected[]): readonly Part[] {
  const list = (kind: 'warnings' | 'exposure' | 'egress' | 'images', side: 'added' | 'removed') => {
    const where = new Map<string, string[]>();
    for (const { environment, findings } of affected) {
      for (const text of findings?.[kind][side] ?? [])
        where.set(text, [...(where.get(text) ?? []), environment]);
    }
    return [...where].map(([text, names]) => ({ text, in: [...new Set(names)].join(', ') }));
  };
  const parts: Part[] = [];
  const warnings = list('warnings', 'added');
  if (warnings.length > 0) {
    const lines = shortened(
      warnings.map(({ text, in: names }) => `> - ${plain(names)}: ${plain(text)}`),
      '> - ',
    );
    const title = warnings.length === 1 ? '1 new warning' : `${warnings.length} new warnings`;
    parts.push(fixed(`> [!WARNING]\n> **${title}**\n${lines.join('\n')}`));
  }
  for (const [kind, title] of [
    ['exposure', 'Who reaches whom'],
    ['egress', 'Whom servers reach'],
    ['images', 'Images'],
  ] as const) {
    const lines = [
      ...list(kind, 'removed').map(({ text, in: names }) => `- ${plain(names)}: no longer ${code(text)}`),
      ...list(kind, 'added').map(({ text, in: names }) => `- ${plain(names)}: **new** ${code(text)}`),
    ];
    if (lines.length > 0) parts.push(fixed(`**${title}**\n\n${shortened(lines, '- ').join('\n')}`));
  }
  const gone = list('warnings', 'removed');
  if (gone.length > 0) {
    const lines = gone.map(({ text, in: names }) => `- ${plain(names)}: ${plain(text)}`);
    parts.push(
      fixed(
        folded(
          gone.length === 1 ? '1 warning less' : `${gone.length} warnings less`,
          shortened(lines, '- ').join('\n'),
        ),
      ),
    );
  }
  return parts;
}

/** What clients of the servers will find, as far as it can be told before a deploy. */
function clientParts(affected: readonly Affected[]): readonly Part[] {
  const lines = affected.flatMap((stack) =>
    clientChanges(stack).map(
      ({ server, text }) => `- ${plain(stack.environment)}: ${code(server)} ${plain(text)}`,
    ),
  );
  if (lines.length === 0) return [];
  return [fixed(`**What changes for clients**\n\n${shortened(lines, '- ').join('\n')}`)];
}

function shortened(lines: readonly string[], bullet: string): readonly string[] {
  return lines.length <= LISTED
    ? lines
    : [...lines.slice(0, LISTED), `${bullet}… and ${lines.length - LISTED} more`];
}

/** What becomes of each object, folded, one part for each diff: they are cut first. */
function detailsParts(stack: Affected): readonly Part[] {
  const counts = countsOf(stack);
  const text = ACTIONS.filter((action) => counts[action] > 0)
    .map((action) => `${counts[action]} ${action}`)
    .join(', ');
  const steps = new Map((stack.preview?.steps ?? []).map((step) => [step.name, step]));
  const changed = new Set(stack.changes.flatMap(({ before, after }) => [before?.name, after?.name]));
  // What only the engine knows of: what was changed by hand, what is not deployed yet, what is not of Kubernetes.
  const others = [...steps.values()].filter(({ name }) => !changed.has(name));
  if (stack.changes.length + others.length === 0) return [];
  return [
    fixed(
      `<details><summary><b>${plain(stack.environment)} / ${plain(stack.stack)}</b>: ${text || 'nothing by the engine'}</summary>\n`,
    ),
    ...stack.changes.map((change) => objectPart(change, stack.preview, steps)),
    ...(others.length === 0
      ? []
      : [
          fixed(
            `The manifests do not differ, but what is deployed does:\n\n${others.map((step) => `- **${step.action}** ${code(step.name)}${becauseOf(step)}`).join('\n')}`,
          ),
        ]),
    fixed('</details>'),
  ];
}

function objectPart(
  { action, name, before, after, fields, reasons }: ObjectChange,
  preview: EnginePreview | undefined,
  steps: ReadonlyMap<string, EngineStep>,
): Part {
  const step = steps.get(after?.name ?? name);
  const former = before === undefined || before.name === after?.name ? undefined : steps.get(before.name);
  const told =
    preview === undefined
      ? `**${action}** ${code(name)}${reasons.map((reason) => `: ${plain(reason)}`).join('')}`
      : step === undefined && former === undefined
        ? `${code(name)} differs in the manifests, and is so already where it is deployed`
        : [step, former]
            .filter((one) => one !== undefined)
            .map((one) => `**${one.action}** ${code(one.name)}${becauseOf(one)}`)
            .join(', ');
  const head = [told, ...fields.slice(0, LISTED).map(fieldText)].join('\n');
  const object = after ?? before;
  const keys = object === undefined ? undefined : secretKeys(object);
  if (keys !== undefined) {
    return { text: fields.length > 0 ? head : `${head}\n- keys: ${keys.map(code).join(', ') || 'none'}` };
  }
  const diff = diffText(before?.yaml ?? '', after?.yaml ?? '');
  return { text: `${head}\n\n${codeBlock('diff', diff)}`, without: head };
}

function becauseOf({ replaceReasons }: EngineStep): string {
  return replaceReasons.length === 0
    ? ''
    : `: ${replaceReasons.map(code).join(', ')} cannot be changed in place`;
}

function fieldText({ path, before, after }: FieldChange): string {
  const value = (of: unknown) => (of === undefined ? 'none' : code(shortValue(of)));
  return `- ${code(path)}: ${value(before)} → ${value(after)}`;
}

function diffText(before: string, after: string): string {
  return lineDiff(before, after)
    .flatMap(({ blocks }, index) => [
      ...(index === 0 ? [] : ['@@ @@']),
      ...blocks.flatMap((block) => {
        if (block.kind === 'same') return block.lines.map((line) => ` ${line}`);
        const lines = (list: typeof block.added, sign: string) =>
          list.map((line) => `${sign}${line.map(({ text }) => text).join('')}`);
        return [...lines(block.removed, '-'), ...lines(block.added, '+')];
      }),
    ])
    .join('\n');
}

function tellers(affected: readonly Affected[]): string {
  const [some, all] = [affected.some(({ preview }) => preview), affected.every(({ preview }) => preview)];
  const render =
    '“Render only” compares manifests: it knows neither what is deployed nor for certain whether an object is replaced or changed.';
  if (affected.length === 0) return 'The manifests were compared.';
  return all
    ? 'Told by Pulumi’s engine, against what is deployed.'
    : some
      ? `“The engine” compares with what is deployed. ${render}`
      : render;
}
