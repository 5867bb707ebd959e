/** One process of a contestant. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  /** The folder that it runs in, absolute. */
  readonly cwd: string;
  /** What it finds in its environment beside what every contestant does; `undefined` removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** What is measured: whole processes, from their start until they have ended. */
export interface Contestant {
  /** Names it in the results, inside its group. */
  readonly id: string;
  /** Names it in tables and charts. */
  readonly title: string;
  /** Run one after the other and measured together. */
  readonly commands: readonly Command[];
  /** Makes things ready before each measurement; `round` is 0 for the unmeasured first run. */
  readonly prepare?: (round: number) => void | Promise<void>;
  /**
   * Looks at what a run made, given what each of its commands printed.
   *
   * @throws ProblemsError where it is not what it must be; then there are no results at all.
   */
  readonly check?: (outputs: readonly string[]) => void;
  /** Whether the results say where its time goes, by a profile; for one command of Node's. @default they do not */
  readonly isExplained?: boolean;
  /** Whether it is in the chart of the whole chain, and in which colour. @default it is not */
  readonly chart?: 'ours' | 'other' | 'floor';
}

/** Contestants that are compared with one another. */
export interface Group {
  readonly name: GroupName;
  readonly title: string;
  /** Makes ready what is not measured. */
  open(bench: Bench): Promise<OpenGroup | SkippedGroup> | OpenGroup | SkippedGroup;
}

export const GROUP_NAMES = [
  'sdk',
  'pulumi-typescript',
  'cdk8s',
  'helm',
  'render',
  'nx-cache',
  'engine',
  'servers',
  'affected',
] as const;
export type GroupName = (typeof GROUP_NAMES)[number];

export interface OpenGroup {
  readonly contestants: readonly Contestant[];
  /** Versions of the tools that run, by name. */
  readonly versions?: Readonly<Record<string, string>>;
  /** Counts that belong to the results, such as how many resources a contestant makes, by its id. */
  readonly counts?: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly close?: () => void | Promise<void>;
}

export interface SkippedGroup {
  readonly skipped: string;
}

/** What every group works with. */
export interface Bench {
  /** This workspace, absolute. */
  readonly root: string;
  /** A folder of this run that is deleted in the end, absolute. */
  readonly temporary: string;
  /** Where programs and packages are kept between runs, absolute. */
  readonly cache: string;
  /** Aborted when the user interrupts: what was made ready is then put away. */
  readonly signal: AbortSignal;
  /** Tells the reader what takes its time. */
  readonly say: (text: string) => void;
}
