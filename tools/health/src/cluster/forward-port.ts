import type { Connection } from '@mcp-stacks/kube-context';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { PassThrough } from 'node:stream';

/** A port of a pod that can be reached here, as by `kubectl port-forward`. */
export interface ForwardedPort extends AsyncDisposable {
  /** Free port of 127.0.0.1. */
  readonly port: number;
  /** What went wrong on the way to the pod, where anything did: the client here only sees its connection end. */
  readonly failure: () => ForwardFailure | undefined;
}

export interface ForwardFailure {
  readonly message: string;
  /** HTTP status of the API server, where it refused. */
  readonly status?: number;
}

/** What is used of `ws`, whose types the client library does not bring. */
interface WebSocketLike {
  onclose: () => void;
  onerror: () => void;
  close(): void;
}

/** Forwards connections to a free local port to a port of a pod, each by a WebSocket through the API server. */
export async function forwardPort(
  { library, config }: Connection,
  { namespace, pod, port }: { readonly namespace: string; readonly pod: string; readonly port: number },
): Promise<ForwardedPort> {
  const forward = new library.PortForward(config);
  const sockets = new Set<Socket>();
  let failure: ForwardFailure | undefined;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
    const errors = new PassThrough().on('data', (text: Buffer) => {
      failure ??= { message: text.toString().trim() };
      socket.destroy();
    });
    forward.portForward(namespace, pod, [port], socket, errors, socket).then(
      (opened) => {
        // Without retries it is the WebSocket itself.
        const webSocket = opened as WebSocketLike;
        webSocket.onclose = () => socket.end();
        webSocket.onerror = () => socket.destroy();
        socket.on('close', () => {
          webSocket.close();
        });
        if (socket.destroyed) webSocket.close();
      },
      (error: unknown) => {
        failure ??= failureOf(error);
        socket.destroy();
      },
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    failure: () => failure,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      const closed = once(server, 'close');
      server.close();
      await closed;
    },
  };
}

/** `ws` puts the status of a refused upgrade into its message alone. */
function failureOf(error: unknown): ForwardFailure {
  const { message = String(error) } = error as { message?: string };
  const status = /^Unexpected server response: (\d+)$/.exec(message)?.[1];
  return { message, ...(status !== undefined && { status: Number(status) }) };
}
