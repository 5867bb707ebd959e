/** One module that a process loaded. */
export interface LoadedModule {
  /** Its file, absolute. */
  readonly file: string;
  /** Size of its source. */
  readonly bytes: number;
  /** The file that first asked for it, absolute; absent for the program itself. */
  readonly parent?: string;
}

/** The variable that names the folder which a process writes its modules into. */
export const LOADED_FOLDER = 'MCP_STACKS_BENCH_LOADED_FOLDER';
