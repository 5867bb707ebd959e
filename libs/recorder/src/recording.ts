/** What a program did, as the engine would have been told. */
export interface Recording {
  /** Every resource in the order of its registration, the stack itself left out. */
  readonly resources: readonly RecordedResource[];
  /** What the program logged; debug messages are left out. */
  readonly logs: readonly LogEntry[];
  /** The stack's outputs; a secret one is a `SecretValue`, one that only a deployment can tell an `UnknownValue`. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** Full names of the stacks that the program read, in order, each once. */
  readonly stackReferences: readonly string[];
}

/** One resource as the program registered it. */
export interface RecordedResource {
  /** Its URN, as the engine would have made it. */
  readonly urn: string;
  /** The type token, as `kubernetes:apps/v1:Deployment`. */
  readonly type: string;
  /** Its Pulumi name. */
  readonly name: string;
  /** Whether a provider manages it; `false` for a component. */
  readonly custom: boolean;
  /** The parent's URN; absent for a child of the stack itself. */
  readonly parent?: string;
  /** The explicit provider as `urn::id`. */
  readonly provider?: string;
  /** Plain values; a secret is a `SecretValue` at its own leaf, an unknown one an `UnknownValue`. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** The resource options that it was registered with. */
  readonly options: RecordedOptions;
}

/** Resource options as they reached the engine; an absent one was not set. */
export interface RecordedOptions {
  /** Whether it cannot be deleted. */
  readonly protect?: boolean;
  /** Whether the cluster keeps the object when the resource is deleted. */
  readonly retainOnDelete?: boolean;
  /** Whether a replacement deletes the old one first. */
  readonly deleteBeforeReplace?: boolean;
  /** How long each operation may take, as Pulumi writes durations (`5m`). */
  readonly customTimeouts?: {
    /** For making it. */
    readonly create?: string;
    /** For changing it. */
    readonly update?: string;
    /** For deleting it. */
    readonly delete?: string;
  };
  /** URNs of `dependsOn` and of the properties' sources together. */
  readonly dependsOn: readonly string[];
  /** Each alias as a URN or as the parts that differ. */
  readonly aliases: readonly (string | Readonly<Record<string, unknown>>)[];
  /** Property paths whose changes are passed over. */
  readonly ignoreChanges: readonly string[];
  /** Property paths whose change replaces the resource. */
  readonly replaceOnChanges: readonly string[];
  /** Names of outputs that are secret besides those that the provider says. */
  readonly additionalSecretOutputs: readonly string[];
  /** The id of an existing object that it takes over. */
  readonly importId?: string;
}

/** One message that the program logged. */
export interface LogEntry {
  /** How grave it is. */
  readonly severity: 'info' | 'warning' | 'error';
  /** The text, without a trailing line break. */
  readonly message: string;
  /** The resource it is about. */
  readonly urn?: string;
}

/** What stands in for the engine around the program. */
export interface RecordOptions {
  /** The Pulumi project's name. @default 'project' */
  readonly project?: string;
  /** The stack's name, which is the environment's. @default 'stack' */
  readonly stack?: string;
  /** The organization of stack references. @default 'organization', as file backends have it */
  readonly organization?: string;
  /** Configuration by full key (`project:key`); objects are JSON text, as the engine hands them over. @default none */
  readonly config?: Readonly<Record<string, string>>;
  /** The keys of `config` that are secret. @default none */
  readonly secretKeys?: readonly string[];
  /**
   * The outputs of another stack by its full name, or `undefined` if there is no such stack.
   * @default there is none
   */
  readonly stackOutputs?: (name: string) => Readonly<Record<string, unknown>> | undefined;
  /**
   * Output properties that a provider would compute, beyond the inputs.
   * @default none: what is not an input is unknown, as in a preview
   */
  readonly computedOutputs?: (type: string, name: string) => Readonly<Record<string, unknown>>;
}
