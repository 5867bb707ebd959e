/** Calls an MCP server at a steady rate until its standard input ends, then prints what came of it. Runs in a pod. */
import { Agent } from 'node:http';
import { INITIALIZE } from '../../servers/initialize.js';
import { type Call, post, stream } from './http-call.js';
import type { Order, Report, Tally } from './report.js';

const { url, headers, rate, session } = JSON.parse(process.argv[1] ?? '{}') as Order;
const start = performance.now();
const since = () => Math.round(performance.now() - start);

/** A failed call, by what its client sees. */
class CallError extends Error {}

/** Sends a request, whose answer must be an MCP server's result. */
async function ask(call: Call, repeating: () => void): ReturnType<typeof post> {
  const answer = await post(call, repeating);
  if (answer.status !== 200) throw new CallError(`HTTP ${answer.status}`);
  if (!answer.text.includes('"result"')) throw new CallError('an answer without a result');
  return answer;
}

/** A client that calls at the given rate, whether the call before has ended or not. */
class Client {
  #calls = 0;
  #repeated = 0;
  #slowest = 0;
  #longestGap = 0;
  #lastAnswer = 0;
  #first = true;
  readonly failures: Tally['failures'][number][] = [];
  readonly #pending = new Set<Promise<void>>();
  readonly #timer: NodeJS.Timeout;

  /** @param call Makes one call, and says when it repeats it. */
  constructor(call: (repeating: () => void) => Promise<unknown>) {
    this.#timer = setInterval(() => {
      const made = this.#make(call).finally(() => this.#pending.delete(made));
      this.#pending.add(made);
    }, 1000 / rate);
  }

  async stop(): Promise<Tally> {
    clearInterval(this.#timer);
    await Promise.all(this.#pending);
    return {
      calls: this.#calls,
      failures: this.failures,
      repeated: this.#repeated,
      slowest: Math.round(this.#slowest),
      longestGap: Math.round(this.#longestGap),
    };
  }

  async #make(call: (repeating: () => void) => Promise<unknown>): Promise<void> {
    const began = performance.now();
    try {
      await call(() => (this.#repeated += 1));
      const now = performance.now();
      this.#slowest = Math.max(this.#slowest, now - began);
      if (!this.#first) this.#longestGap = Math.max(this.#longestGap, now - this.#lastAnswer);
      this.#first = false;
      this.#lastAnswer = now;
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      this.failures.push({ at: since(), what: code ?? message });
    }
    this.#calls += 1;
  }
}

function initializing(keepAlive: boolean): (repeating: () => void) => Promise<unknown> {
  const agent = new Agent({ keepAlive });
  return (repeating) => ask({ url, agent, headers, body: INITIALIZE }, repeating);
}

/** Keeps one session, and makes a new one when the server does not know it any more: what the protocol asks for. */
class SessionClient {
  readonly #agent = new Agent({ keepAlive: true });
  readonly #streamAgent = new Agent({ keepAlive: false });
  #id: Promise<string> | undefined;
  sessions = 0;
  readonly streamEnds: Tally['failures'][number][] = [];

  async call(repeating: () => void): Promise<unknown> {
    const id = (this.#id ??= this.#open(repeating));
    try {
      return await ask(
        {
          url,
          agent: this.#agent,
          headers: { ...headers, 'mcp-session-id': await id },
          body: { jsonrpc: '2.0', id: 2, method: 'tools/list' },
        },
        repeating,
      );
    } catch (error) {
      // Of the calls that were on their way, the first one to be told has a new session begun, and the others use it.
      const isUnknown = error instanceof CallError && error.message === 'HTTP 404';
      if (this.#id !== id && isUnknown) return await this.call(repeating);
      if (this.#id === id) this.#id = undefined;
      throw error;
    }
  }

  async #open(repeating: () => void): Promise<string> {
    const answer = await ask({ url, agent: this.#agent, headers, body: INITIALIZE }, repeating);
    const id = String(answer.headers['mcp-session-id']);
    const own = { ...headers, 'mcp-session-id': id };
    const body = { jsonrpc: '2.0', method: 'notifications/initialized' };
    await post({ url, agent: this.#agent, headers: own, body }, repeating);
    this.sessions += 1;
    stream({ url, agent: this.#streamAgent, headers: own }, (what) => {
      this.streamEnds.push({ at: since(), what });
    });
    return id;
  }
}

const newConnections = new Client(initializing(false));
const keptConnections = new Client(initializing(true));
const kept = new SessionClient();
const sessionClient = session ? new Client((repeating) => kept.call(repeating)) : undefined;

async function report(): Promise<Report> {
  const ofSession = await sessionClient?.stop();
  return {
    newConnections: await newConnections.stop(),
    keptConnections: await keptConnections.stop(),
    ...(ofSession !== undefined && {
      session: { ...ofSession, sessions: kept.sessions, streamEnds: kept.streamEnds },
    }),
  };
}

process.stdin.resume().on('end', () => {
  void report().then((done) => {
    process.stdout.write(JSON.stringify(done), () => process.exit(0));
  });
});
process.stdout.write('calling\n');
