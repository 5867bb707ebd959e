import { describeValue, type Problem } from '@mcp-stacks/problem';
import { readYaml, type Stack } from '@mcp-stacks/workspace';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The outputs that are assumed of stacks outside this workspace, by the stack's full name and the output's. */
export type StandIns = ReadonlyMap<string, Readonly<Record<string, unknown>>>;

/** The file of a stack's stand-ins, relative to the workspace's root. */
export function standInsPath(stack: Stack, environment: string): string {
  return `${stack.path}/assumed.${environment}.yaml`;
}

/** How a stand-in is written. */
export function standInExample(name: string, outputs: readonly string[] = ['<output>']): string {
  return `${name}: { ${outputs.map((output) => `${output}: <value>`).join(', ')} }`;
}

/**
 * Reads `assumed.<environment>.yaml` in a stack's folder; most stacks need none.
 *
 * @param workspaceStacks Full names of the stacks that the preview runs itself: nothing is assumed of those.
 */
export function readStandIns(
  stack: Stack,
  environment: string,
  workspaceStacks: ReadonlySet<string>,
  problems: Problem[],
): StandIns {
  const shownAs = standInsPath(stack, environment);
  const file = join(stack.folder, `assumed.${environment}.yaml`);
  if (!existsSync(file)) return new Map();
  const before = problems.length;
  const content = readYaml(file, shownAs, problems) ?? {};
  if (problems.length > before) return new Map();
  if (!isMapping(content)) {
    problems.push({
      where: shownAs,
      found: describeValue(content),
      expected: 'a mapping of stack names to their outputs',
      remedy: `write it as ${standInExample('organization/project/stack')}`,
    });
    return new Map();
  }
  const standIns = new Map<string, Record<string, unknown>>();
  for (const [name, outputs] of Object.entries(content)) {
    const where = `${shownAs}: ${name}`;
    if (!/^[^/]+\/[^/]+\/[^/]+$/.test(name)) {
      problems.push({
        where,
        found: describeValue(name),
        expected: 'the full name of a stack: organization/project/stack',
        remedy: 'write all three parts',
      });
    } else if (workspaceStacks.has(name)) {
      problems.push({
        where,
        found: 'a stack of this workspace',
        expected: 'stacks outside of it: the outputs of this one come from its own program',
        remedy: 'remove the entry',
      });
    } else if (!isMapping(outputs)) {
      problems.push({
        where,
        found: describeValue(outputs),
        expected: 'its outputs by name',
        remedy: `write it as ${standInExample(name)}`,
      });
    } else {
      standIns.set(name, outputs);
    }
  }
  return standIns;
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
