/** What Pulumi must be told so that it acts on one stack of one environment, and on nothing else. */
export interface BackendSession {
  /** Folder that Pulumi runs in: it holds the `Pulumi.yaml` and the config file that Pulumi may write to. */
  readonly projectFolder: string;
  /** Variables that Pulumi gets; `undefined` takes one away that the user's shell has set. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Where the state lives, for people. */
  readonly location: string;
  /** Whether a missing stack may be made without asking: nobody shares a local backend. */
  readonly isPrivate: boolean;
  /** `--secrets-provider` of a stack that is to be made. */
  readonly secretsProvider?: string;
  /** What the user should know, one line each. */
  readonly notes: readonly string[];
  /** What Pulumi wrote into the config file it was given and what did not stay there, one line each. */
  readonly discarded: readonly string[];
}
