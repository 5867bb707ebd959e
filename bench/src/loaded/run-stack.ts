/**
 * A process that runs one stack's program with a recorder in the engine's place. It is told all that it needs, since
 * whatever it loaded by itself would not be counted as the program's.
 *
 * Counts until the first resource is registered; prints the stack's outputs.
 */
import { readFileSync } from 'node:fs';
import type * as recorder from '@mcp-stacks/recorder';
import { stopCounting, withoutCounting } from './record-loaded.js';

/** What the process is told: the file that its argument names. */
export interface StackRun {
  /** The program, absolute. */
  readonly main: string;
  readonly project: string;
  readonly stack: string;
  readonly config: Readonly<Record<string, string>>;
  /** Outputs of the stacks that it reads, by full name. */
  readonly stackOutputs: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const run = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as StackRun;
/* eslint-disable @typescript-eslint/no-require-imports -- the order is what is measured */
const program = require(run.main) as () => unknown;
const { record } = withoutCounting(() => require('@mcp-stacks/recorder') as typeof recorder);
/* eslint-enable @typescript-eslint/no-require-imports */

void record(program, {
  project: run.project,
  stack: run.stack,
  config: run.config,
  stackOutputs: (name) => run.stackOutputs[name],
  computedOutputs: (type) => {
    if (type !== 'pulumi:pulumi:Stack') stopCounting();
    return {};
  },
}).then(
  ({ outputs }) => {
    process.stdout.write(JSON.stringify(outputs));
  },
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
