import { type Problem, ProblemsError } from '@mcp-stacks/problem';
import { type KubernetesObject, type LeftOutSecret, type StackSummary } from '@mcp-stacks/render';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { leftOutObject, renderedObject } from './rendered-object.js';
import { type EnvironmentRendering, type Rendering, type StackRendering } from './rendering.js';

/**
 * Reads a folder that `render` wrote, or one like it.
 *
 * @param environments Only these. @default all that are there
 * @throws ProblemsError where it is none, or a file holds something else than objects.
 */
export function readRendering(folder: string, environments?: readonly string[]): Rendering {
  const problems: Problem[] = [];
  const found = isFolder(folder) ? readdirSync(folder).filter((name) => isFolder(join(folder, name))) : [];
  const read = found
    .filter((name) => environments?.includes(name) ?? true)
    .map((name): EnvironmentRendering => ({ name, stacks: readStacks(join(folder, name), problems) }))
    .filter(({ stacks }) => stacks.length > 0);
  if (read.length === 0 && problems.length === 0 && (environments === undefined || found.length === 0)) {
    problems.push({
      where: folder,
      found: isFolder(folder) ? 'no <environment>/<stack>.yaml' : 'no such folder',
      expected: 'a folder of rendered manifests, like dist/render',
      remedy: 'npx render writes one; a git revision works as well',
    });
  }
  ProblemsError.throwIfAny('Rendered manifests', problems);
  return { environments: read };
}

function readStacks(folder: string, problems: Problem[]): readonly StackRendering[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => {
      const stack = name.slice(0, -'.yaml'.length);
      const file = join(folder, name);
      const text = readFileSync(file, 'utf8');
      const summaryFile = join(folder, `${stack}.summary`);
      const summary = existsSync(summaryFile) ? readSummary(summaryFile, problems) : undefined;
      const leftOut = summary?.leftOut ?? leftOutInHeader(text);
      return {
        stack,
        objects: [...readObjects(file, text, problems), ...leftOut.map(leftOutObject)],
        ...(summary !== undefined && { summary }),
      };
    });
}

function readObjects(file: string, text: string, problems: Problem[]) {
  const documents = parseAllDocuments(text, { version: '1.1', prettyErrors: false });
  return [...documents].flatMap((document, index) => {
    const object: unknown = document.errors.length === 0 ? document.toJS() : undefined;
    if (object === null) return [];
    if (isObject(object)) {
      const [start, , end] = document.range;
      return [renderedObject(object, text.slice(start, end).replace(/^(#.*\n|---\n)+/, ''))];
    }
    problems.push({
      where: `${file}: document ${index + 1}`,
      // The parser quotes what it stumbled over, which may be a value.
      found: document.errors[0]?.code ?? 'something else',
      expected: 'an object with apiVersion, kind and metadata.name',
      remedy: 'render it anew',
    });
    return [];
  });
}

function readSummary(file: string, problems: Problem[]): StackSummary | undefined {
  try {
    const summary = JSON.parse(readFileSync(file, 'utf8')) as Partial<StackSummary>;
    if (Array.isArray(summary.warnings) && Array.isArray(summary.exposed)) return summary as StackSummary;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  problems.push({
    where: file,
    found: 'something else',
    expected: 'the summary of a stack as render writes it',
    remedy: 'render it anew, or delete it',
  });
  return undefined;
}

/** The head of the file names the Secrets that are left out: `#   Secret tools/server: password, token`. */
function leftOutInHeader(text: string): readonly LeftOutSecret[] {
  const header = /^(#.*\n)*/.exec(text)?.[0] ?? '';
  return [...header.matchAll(/^# {3}Secret (?:([^/\s]+)\/)?(\S+): (.*)$/gm)].map(
    ([, namespace, name = '', keys = '']) => ({
      name,
      ...(namespace !== undefined && { namespace }),
      keys: keys === 'no keys' ? [] : keys.split(', '),
    }),
  );
}

function isObject(value: unknown): value is KubernetesObject {
  const { apiVersion, kind, metadata } = (value ?? {}) as Partial<KubernetesObject>;
  return typeof apiVersion === 'string' && typeof kind === 'string' && typeof metadata?.name === 'string';
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
