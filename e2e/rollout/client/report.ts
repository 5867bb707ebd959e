/** What one kind of client saw. Times are in milliseconds. */
export interface Tally {
  /** How many calls ended, well or not. */
  readonly calls: number;
  /** The calls that did not get the answer of an MCP server, with the time since the start. */
  readonly failures: readonly { readonly at: number; readonly what: string }[];
  /** How often a call was sent once more, since the server had closed the connection that was kept for it. */
  readonly repeated: number;
  /** The slowest call that got its answer. */
  readonly slowest: number;
  /** The longest time without any answer. */
  readonly longestGap: number;
}

/** What the program prints when its standard input ends. */
export interface Report {
  /** A client that connects anew for each call. */
  readonly newConnections: Tally;
  /** A client that keeps its connections. */
  readonly keptConnections: Tally;
  /** A client that keeps one session and its connection; absent where none was ordered. */
  readonly session?: Tally & {
    /** How many sessions it needed. */
    readonly sessions: number;
    /** How its streams ended, with the time since the start. */
    readonly streamEnds: Tally['failures'];
  };
}

/** What it is told as its one argument, as JSON. */
export interface Order {
  /** The endpoint of the server. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Calls a second of each kind of client. */
  readonly rate: number;
  /** Whether a client that keeps one session, and its stream, is among them. */
  readonly session: boolean;
}
