import { renderChain } from '@mcp-stacks/render';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import VERSIONS from '../images/versions.json';
import { root } from '../workspace/temporary-workspace.js';
import { GITHUB_TOKEN } from './github-token.js';
import { INITIALIZE } from './initialize.js';

const { module: goModule, version } = VERSIONS.githubHttp.go;
const CACHE = process.env.E2E_CACHE ?? join(homedir(), '.cache', 'mcp-stacks-e2e');
/** Where `npm run images` leaves it. */
const PROGRAM = join(CACHE, 'go', `${goModule.split('/').join('-')}-${version}`, 'program');

/** Without what the profile sets for it, the program died at 10 to 17 of 100 such starts. */
const STARTS = 60;
const CALLS_AT_ONCE = 8;

interface Container {
  readonly args: readonly string[];
  readonly env: readonly { readonly name: string; readonly value: string }[];
}

/** The server's container as dev deploys it. */
async function deployedContainer(): Promise<Container> {
  const { environments } = await renderChain({ root, environments: ['dev'] });
  const rendered = environments[0]?.stacks.find(({ stack: { name } }) => name === 'github-mcp');
  const deployment = rendered?.manifests.find(({ object }) => object.kind === 'Deployment')?.object as
    | {
        readonly spec: {
          readonly template: { readonly spec: { readonly containers: readonly Container[] } };
        };
      }
    | undefined;
  const container = deployment?.spec.template.spec.containers[0];
  if (container === undefined) throw new Error('dev deploys no container of github-mcp');
  return container;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

const BODY = JSON.stringify(INITIALIZE);
const REQUEST = `POST /mcp HTTP/1.1
host: 127.0.0.1
connection: close
authorization: Bearer ${GITHUB_TOKEN}
accept: application/json, text/event-stream
content-type: application/json
content-length: ${BODY.length}

`.replaceAll('\n', '\r\n');

/** A connection, or none where nothing listens. */
async function connection(port: number): Promise<Socket | undefined> {
  const socket = connect(port, '127.0.0.1');
  return await once(socket, 'connect').then(
    () => socket,
    () => undefined,
  );
}

/** Sends a request; the first line of the answer, which is empty where the server ends before it. */
async function initialize(socket: Socket | undefined): Promise<string> {
  if (socket === undefined) return 'no connection';
  let answer = '';
  socket.on('data', (data: Buffer) => (answer += data.toString()));
  socket.on('error', () => socket.destroy());
  socket.write(REQUEST + BODY);
  await once(socket, 'close');
  return answer.split('\r\n')[0] ?? '';
}

/** Starts the server and, as soon as it listens, calls it as many clients do that waited for it. */
async function firstCalls({ args, env }: Container): Promise<readonly string[]> {
  const port = await freePort();
  const server: ChildProcess = spawn(PROGRAM, [...args], {
    env: { ...Object.fromEntries(env.map(({ name, value }) => [name, value])), GITHUB_PORT: String(port) },
    stdio: 'ignore',
  });
  try {
    while (server.exitCode === null && (await connection(port))?.destroy() === undefined)
      await setTimeout(20);
    // Connected first, so that all of them are sent in one go.
    const sockets = await Promise.all(Array.from({ length: CALLS_AT_ONCE }, () => connection(port)));
    return await Promise.all(sockets.map(initialize));
  } finally {
    const ended = server.exitCode === null ? once(server, 'exit') : undefined;
    server.kill('SIGKILL');
    await ended;
  }
}

const title = "GitHub's own http mode, called by many at the moment it starts";
const body = () => {
  test('answers all of them, at every start', async () => {
    const container = await deployedContainer();
    const seen = new Set<string>();
    for (let start = 0; start < STARTS; start += 1) {
      for (const answer of await firstCalls(container)) seen.add(answer);
    }
    expect([...seen]).toEqual(['HTTP/1.1 200 OK']);
  });
};
if (existsSync(PROGRAM)) describe(title, body);
else describe.skip(`${title} (skipped: ${PROGRAM} is not there)`, body);
