import { Agent, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';

/** How long a call may take, in milliseconds. */
const PATIENCE = 10_000;

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface Call {
  readonly url: string;
  readonly agent: Agent;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body: unknown;
}

/**
 * One POST. It is sent once more where a kept connection broke before any answer: a server that ends may close it while
 * the request is on its way, which is why a client of HTTP/1.1 is allowed to (RFC 9112, 9.3.1).
 *
 * @param repeating Hears of it.
 */
export async function post(call: Call, repeating: () => void): Promise<Answer> {
  const first = await send(call);
  if ('status' in first) return first;
  if (!first.onKeptConnection) throw first.error;
  repeating();
  // Whatever else is kept open leads to the same server.
  const second = await send({ ...call, agent: new Agent() });
  if ('status' in second) return second;
  throw second.error;
}

interface Broken {
  readonly error: Error;
  readonly onKeptConnection: boolean;
}

function send({ url, agent, headers, body }: Call): Promise<Answer | Broken> {
  return new Promise((resolve) => {
    let answers = false;
    const sent = request(url, {
      method: 'POST',
      agent,
      timeout: PATIENCE,
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        ...headers,
      },
    });
    const broken = (error: NodeJS.ErrnoException) => {
      const closed = error.code === 'ECONNRESET' || error.code === 'EPIPE';
      resolve({ error, onKeptConnection: closed && sent.reusedSocket && !answers });
    };
    sent.on('timeout', () => sent.destroy(Object.assign(new Error('no answer'), { code: 'TIMEOUT' })));
    sent.on('error', broken);
    sent.on('response', (response) => {
      answers = true;
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.on('error', broken).on('end', () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
      });
    });
    sent.end(JSON.stringify(body));
  });
}

/** Opens a stream (`GET`) and hears how it ends. */
export function stream(call: Omit<Call, 'body'>, ended: (how: string) => void): void {
  const opened = request(call.url, {
    agent: call.agent,
    headers: { accept: 'text/event-stream', ...call.headers },
  });
  opened.on('error', (error: NodeJS.ErrnoException) => {
    ended(error.code ?? error.message);
  });
  opened.on('response', (response: IncomingMessage) => {
    if (response.statusCode !== 200) ended(`HTTP ${response.statusCode ?? 0}`);
    response.resume();
    response.on('error', (error: NodeJS.ErrnoException) => {
      ended(error.code ?? error.message);
    });
    response.on('end', () => {
      ended('end of the stream');
    });
  });
  opened.end();
}
