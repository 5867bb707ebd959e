import type { CallToolResult, Implementation, Tool } from '@modelcontextprotocol/sdk/types.js';

/** What the test asks of the client in the pod, one JSON text a line. The first is `connect`. */
export type Operation =
  | {
      readonly do: 'connect';
      readonly url: string;
      /** Sent with every request. */
      readonly headers: Readonly<Record<string, string>>;
    }
  | { readonly do: 'tools' }
  | { readonly do: 'call'; readonly name: string; readonly args: Readonly<Record<string, unknown>> }
  | { readonly do: 'state' };

/** What the client answers to each. */
export interface Answers {
  readonly connect: {
    readonly server: Implementation | undefined;
    /** Absent where the server is stateless. */
    readonly sessionId?: string;
    readonly protocolVersion?: string;
  };
  readonly tools: readonly Tool[];
  readonly call: {
    readonly result: CallToolResult;
    /** How many progress notifications came before the result. */
    readonly progress: number;
  };
  readonly state: State;
}

/** What the client has seen so far. */
export interface State {
  /** The standing streams that it asked for (`GET`), in order. */
  readonly streams: readonly Stream[];
  /** The methods of the notifications that came unasked, in order. */
  readonly notifications: readonly string[];
  /** What went wrong with the transport. */
  readonly errors: readonly string[];
}

/** One `GET` on the endpoint. */
export interface Stream {
  readonly status: number;
  /** For how long it is or was open, in milliseconds. */
  readonly openFor: number;
  /** Absent as long as it is open. */
  readonly ended?: string;
}

/** What the client prints, one JSON text a line, in the order of the questions. */
export type Answer =
  { readonly answer: unknown } | { readonly error: { readonly message: string; readonly code?: number } };
