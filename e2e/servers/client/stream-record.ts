import type { Stream } from './protocol.js';

interface Open {
  readonly status: number;
  readonly since: number;
  until?: number;
  ended?: string;
}

/** A `fetch` that remembers the standing streams, which the SDK's client opens by itself and says nothing of. */
export class StreamRecord {
  readonly #opened: Open[] = [];

  readonly fetch = async (url: string | URL, init?: RequestInit): Promise<Response> => {
    const response = await fetch(url, init);
    if (init?.method !== 'GET') return response;
    const stream: Open = { status: response.status, since: Date.now() };
    this.#opened.push(stream);
    if (!response.ok || response.body === null) {
      end(stream, 'refused');
      return response;
    }
    const [body, watched] = response.body.tee();
    void watch(stream, watched);
    return new Response(body, response);
  };

  streams(): readonly Stream[] {
    return this.#opened.map(({ status, since, until, ended }) => ({
      status,
      openFor: (until ?? Date.now()) - since,
      ...(ended !== undefined && { ended }),
    }));
  }
}

async function watch(stream: Open, body: ReadableStream<Uint8Array>): Promise<void> {
  const reader = body.getReader();
  try {
    while (!(await reader.read()).done);
    end(stream, 'by the server');
  } catch (error) {
    end(stream, (error as Error).message);
  }
}

function end(stream: Open, how: string): void {
  stream.until = Date.now();
  stream.ended = how;
}
