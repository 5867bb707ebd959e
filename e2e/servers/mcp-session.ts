import type { CallToolResult, Tool } from '@modelcontextprotocol/sdk/types.js';
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Answer, Answers, Operation, State } from './client/protocol.js';

/** Where the client runs, and how it is started there. */
export interface ClientPlace {
  readonly namespace: string;
  readonly pod: string;
  readonly command: readonly string[];
}

/** One session of the official SDK's client that runs in a pod, held open until it is closed. */
export class McpSession implements AsyncDisposable {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterator<string>;
  #stderr = '';
  /** Questions are answered in order, so one waits for the one before it. */
  #last: Promise<unknown> = Promise.resolve();
  #opened: Answers['connect'] = { server: undefined };

  private constructor({ namespace, pod, command }: ClientPlace) {
    const context = process.env.E2E_CONTEXT ?? '';
    const args = ['--context', context, 'exec', '--stdin', '--namespace', namespace, pod, '--', ...command];
    this.#process = spawn('kubectl', args);
    this.#process.stderr.on('data', (data: Buffer) => (this.#stderr += data.toString()));
    this.#lines = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]();
  }

  /** @throws Error with what the SDK says, where it could not connect or initialize. */
  static async open(
    place: ClientPlace,
    url: string,
    headers: Readonly<Record<string, string>>,
  ): Promise<McpSession> {
    const session = new McpSession(place);
    try {
      session.#opened = (await session.#ask({ do: 'connect', url, headers })) as Answers['connect'];
    } catch (error) {
      await session.close();
      throw error;
    }
    return session;
  }

  /** What the server said of itself, and the session's id if it has one. */
  get opened(): Answers['connect'] {
    return this.#opened;
  }

  async listTools(): Promise<readonly Tool[]> {
    return (await this.#ask({ do: 'tools' })) as Answers['tools'];
  }

  /** @throws Error where the server answers with an error instead of a result. */
  async callTool(name: string, args: Readonly<Record<string, unknown>> = {}): Promise<CallToolResult> {
    return (await this.call(name, args)).result;
  }

  /** As `callTool`, with the number of progress notifications that came before the result. */
  async call(name: string, args: Readonly<Record<string, unknown>> = {}): Promise<Answers['call']> {
    return (await this.#ask({ do: 'call', name, args })) as Answers['call'];
  }

  /** The text that a tool answers with, parsed as JSON. */
  async callForJson(name: string, args: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
    return JSON.parse(textOf(await this.callTool(name, args))) as unknown;
  }

  /** The standing streams, the notifications and the transport's errors so far. */
  async state(): Promise<State> {
    return (await this.#ask({ do: 'state' })) as State;
  }

  async close(): Promise<void> {
    if (this.#process.exitCode !== null) return;
    const closed = once(this.#process, 'close');
    this.#process.stdin.end();
    await closed;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #ask(operation: Operation): Promise<unknown> {
    const answer = this.#last.then(async () => {
      this.#process.stdin.write(`${JSON.stringify(operation)}\n`);
      const line = await this.#lines.next();
      if (line.done === true) throw new Error(`the client in the pod ended: ${this.#stderr}`);
      return JSON.parse(line.value) as Answer;
    });
    this.#last = answer.catch(() => undefined);
    const given = await answer;
    if ('error' in given) throw Object.assign(new Error(given.error.message), { code: given.error.code });
    return given.answer;
  }
}

/** The texts of a result, one after the other. */
export function textOf(result: CallToolResult): string {
  return result.content.map((part) => (part.type === 'text' ? part.text : '')).join('');
}
