import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { githubKubeconfig } from '../src/issue/github-kubeconfig.js';

/** Answers as GitHub's token endpoint does: only who shows the job's right gets a token for the audience. */
let issuer: Server;
let job: Record<string, string>;
const folder = mkdtempSync(path.join(tmpdir(), 'github-'));
const options = {
  server: 'https://10.0.0.1:6443',
  certificateAuthorityData: 'Y2E=',
  audience: 'my cluster',
  output: path.join(folder, 'kubeconfig'),
};

beforeAll(async () => {
  issuer = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://issuer');
    if (request.headers.authorization !== 'bearer right') response.writeHead(401).end('{}');
    else response.end(JSON.stringify({ value: `token for ${url.searchParams.get('audience') ?? ''}` }));
  });
  await new Promise<void>((resolve) => issuer.listen(0, '127.0.0.1', resolve));
  const { port } = issuer.address() as AddressInfo;
  job = {
    ACTIONS_ID_TOKEN_REQUEST_URL: `http://127.0.0.1:${port}/token?api-version=2.0`,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'right',
  };
});
afterAll(() => {
  issuer.close();
  rmSync(folder, { recursive: true });
});

test("holds the job's token for that audience, for its owner alone, and nothing prints it", async () => {
  const printed = jest.spyOn(console, 'log').mockImplementation();
  expect(await githubKubeconfig(options, job)).toBe(0);
  expect(JSON.stringify(printed.mock.calls)).not.toContain('token for');
  printed.mockRestore();
  expect(parse(readFileSync(options.output, 'utf8'))).toMatchObject({
    clusters: [{ cluster: { server: options.server, 'certificate-authority-data': 'Y2E=' } }],
    users: [{ user: { token: 'token for my cluster' } }],
    contexts: [{ name: 'github' }],
  });
  expect(statSync(options.output).mode & 0o777).toBe(0o600);
});

test('a job that may not ask for a token is told what it lacks', async () => {
  await expect(githubKubeconfig(options, {})).rejects.toThrow('permissions: { id-token: write }');
  const refused = { ...job, ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'wrong' };
  await expect(githubKubeconfig(options, refused)).rejects.toThrow('answered 401');
});
