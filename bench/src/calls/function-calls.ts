/** How often one function was called. */
export interface FunctionCalls {
  /** Of the script. */
  readonly url: string;
  /** Empty for a function without a name. */
  readonly name: string;
  /** Where it starts in the script, in characters. */
  readonly offset: number;
  readonly count: number;
}

/** The variable that names the file which a process writes its calls into. */
export const CALLS_FILE = 'MCP_STACKS_BENCH_CALLS_FILE';
