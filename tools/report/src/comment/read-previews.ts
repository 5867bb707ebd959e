import { type Problem, ProblemsError } from '@mcp-stacks/problem';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Action } from '../compare/object-change.js';
import { type EnginePreview, type EngineStep } from './engine-preview.js';

/** What this reads of the JSON of `pulumi preview --json`, and of `engine preview --json`. No value of a resource. */
interface PreviewDigest {
  readonly steps?: readonly {
    readonly op: string;
    readonly urn: string;
    readonly oldState?: ResourceState;
    readonly newState?: ResourceState;
    readonly replaceReasons?: readonly string[];
  }[];
}

interface ResourceState {
  readonly custom?: boolean;
  readonly inputs?: {
    readonly kind?: unknown;
    readonly metadata?: { readonly name?: unknown; readonly namespace?: unknown };
  };
}

/** The engine's steps by what they are for people; `replace` comes with two more for the same resource. */
const ACTIONS: Readonly<Record<string, Action>> = {
  create: 'create',
  import: 'create',
  update: 'change',
  replace: 'replace',
  'create-replacement': 'replace',
  'delete-replaced': 'replace',
  delete: 'delete',
};

/**
 * Reads the engine's previews from a folder with `<environment>/<stack>.json`.
 *
 * @throws ProblemsError where the folder is missing or a file holds something else.
 */
export function readPreviews(folder: string): readonly EnginePreview[] {
  const problems: Problem[] = [];
  if (!isFolder(folder)) {
    problems.push({
      where: folder,
      found: 'no such folder',
      expected: 'the previews of the engine, <environment>/<stack>.json',
      remedy: 'npx engine chain preview --env <environment> --json <folder>',
    });
  }
  const previews = (isFolder(folder) ? readdirSync(folder) : [])
    .filter((name) => isFolder(join(folder, name)))
    .flatMap((environment) =>
      readdirSync(join(folder, environment))
        .filter((name) => name.endsWith('.json'))
        .flatMap((name) => {
          const file = join(folder, environment, name);
          const digest = readDigest(file, problems);
          return digest === undefined ? [] : [previewOf(digest, name.slice(0, -'.json'.length), environment)];
        }),
    );
  ProblemsError.throwIfAny('Previews of the engine', problems);
  return previews;
}

function previewOf({ steps = [] }: PreviewDigest, stack: string, environment: string): EnginePreview {
  const resources = steps.filter(({ urn, oldState, newState }) => {
    const type = typeIn(urn);
    return (newState ?? oldState)?.custom === true && !type.startsWith('pulumi:');
  });
  const byUrn = new Map<string, EngineStep>();
  for (const { op, urn, oldState, newState, replaceReasons = [] } of resources) {
    const action = ACTIONS[op];
    if (action === undefined) continue;
    const former = byUrn.get(urn);
    byUrn.set(urn, {
      action: former?.action === 'replace' ? 'replace' : action,
      name: nameOf(urn, newState ?? oldState),
      replaceReasons: [...new Set([...(former?.replaceReasons ?? []), ...replaceReasons])],
    });
  }
  return {
    stack,
    environment,
    steps: [...byUrn.values()],
    unchanged: resources.filter(({ op }) => op === 'same').length,
  };
}

function nameOf(urn: string, state: ResourceState | undefined): string {
  const { kind, metadata } = state?.inputs ?? {};
  if (typeof kind === 'string' && typeof metadata?.name === 'string') {
    const { name, namespace } = metadata;
    return `${kind} ${typeof namespace === 'string' ? `${namespace}/` : ''}${name}`;
  }
  return `${typeIn(urn)} ${urn.split('::').slice(3).join('::')}`;
}

/** `urn:pulumi:dev::project::parent$type::name` */
function typeIn(urn: string): string {
  return urn.split('::')[2]?.split('$').at(-1) ?? '';
}

function readDigest(file: string, problems: Problem[]): PreviewDigest | undefined {
  try {
    const digest: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof digest === 'object' && digest !== null && Array.isArray((digest as PreviewDigest).steps))
      return digest;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  problems.push({
    where: file,
    found: 'something else',
    expected: 'what pulumi preview --json or npx engine preview --json writes',
    remedy: 'run the preview again, or delete the file',
  });
  return undefined;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
