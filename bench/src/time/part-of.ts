import { type Frame } from './cpu-profile.js';

const PROGRAMS = 'runs the programs';
const NODE = 'Node itself, its start and end';

/** By the file of a function, the part of a run of render that it belongs to. */
const PARTS: readonly (readonly [file: RegExp, part: string])[] = [
  [/\/tools\/workspace\/dist\/|\/render\/dist\/inputs\//, 'reads the workspace and the configuration'],
  [/\/render\/dist\/checks\//, 'checks the objects'],
  [/\/render\/dist\/manifests\/write-manifests/, 'writes the files'],
  [/\/render\/dist\/(manifests\/|chain\/convert-recording)/, 'makes objects of resources'],
  [/\/render\/dist\/report\//, 'draws the tables'],
  [/\/(libs|stacks)\/[^/]+\/dist\//, PROGRAMS],
];

/** What V8 names in brackets instead of a function. */
const OF_V8: Readonly<Record<string, string>> = {
  '(garbage collector)': 'collects garbage',
  '(idle)': 'waits for the disk',
  '(program)': NODE,
  '(root)': NODE,
};

/**
 * The part of a run of render that a sample belongs to: that of the innermost function that begins one. What a module
 * does while it is loaded is loading, named by the package that asked for it.
 *
 * @param stack The outermost frame first.
 */
export function partOf(stack: readonly Frame[]): string {
  const ofV8 = OF_V8[stack.at(-1)?.functionName ?? ''];
  if (ofV8 !== undefined) return ofV8;
  for (const { functionName, url } of stack.toReversed()) {
    if (url.startsWith('node:internal/modules/')) return `loads ${packageOf(stack)}`;
    // Without a name it is the module's own code, which runs while it is loaded.
    const part = functionName === '' ? undefined : PARTS.find(([file]) => file.test(url))?.[1];
    if (part !== undefined) return part;
  }
  // What goes on after an `await` has no caller.
  return stack.some(({ url }) => url.includes('/node_modules/')) ? PROGRAMS : NODE;
}

function packageOf(stack: readonly Frame[]): string {
  const url = stack.findLast((frame) => frame.url.startsWith('file:'))?.url ?? '';
  return /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1] ?? 'what is compiled of this workspace';
}
