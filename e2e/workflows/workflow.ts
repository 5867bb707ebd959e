/** A workflow of GitHub Actions, as far as this suite looks at it. */
export interface Workflow {
  readonly name: string;
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: Permissions;
  readonly env?: Variables;
  readonly jobs: Readonly<Record<string, Job>>;
}

export type Permissions = Readonly<Record<string, 'read' | 'write' | 'none'>>;
export type Variables = Readonly<Record<string, string>>;

export interface Job {
  readonly if?: string;
  readonly uses?: string;
  readonly secrets?: unknown;
  readonly environment?: string;
  readonly permissions?: Permissions;
  readonly env?: Variables;
  readonly 'timeout-minutes'?: number;
  readonly steps?: readonly Step[];
}

export interface Step {
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Variables;
}

/** A composite action of this repository. */
export interface Action {
  readonly runs: { readonly steps: readonly Step[] };
}
