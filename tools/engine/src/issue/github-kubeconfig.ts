import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { ProblemsError } from '@mcp-stacks/problem';
import { stringify } from 'yaml';
import { replaceFile } from '../backend/replace-file.js';

/** What stood on the command line. */
export interface GithubKubeconfigOptions {
  /** The API server's URL. */
  readonly server: string;
  /** The certificate of its authority, PEM in base64, as a kubeconfig has it. */
  readonly certificateAuthorityData: string;
  /** Who the token is for: what the API server was told to accept. */
  readonly audience: string;
  /** The file to write. */
  readonly output: string;
}

/** The name of the context. */
const CONTEXT = 'github';

/**
 * Writes a kubeconfig with the identity of the GitHub Actions job that this runs in, for an API server that trusts
 * GitHub's issuer. The token is GitHub's, holds for minutes, and is printed nowhere.
 *
 * @param job The job's environment variables.
 * @returns The exit code.
 * @throws ProblemsError where there is no such job, or GitHub gives no token.
 */
export async function githubKubeconfig(
  { server, certificateAuthorityData, audience, output }: GithubKubeconfigOptions,
  job: NodeJS.ProcessEnv,
): Promise<number> {
  const token = await requestIdToken(audience, job);
  const text = stringify(
    {
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [
        { name: CONTEXT, cluster: { server, 'certificate-authority-data': certificateAuthorityData } },
      ],
      users: [{ name: CONTEXT, user: { token } }],
      contexts: [{ name: CONTEXT, context: { cluster: CONTEXT, user: CONTEXT } }],
    },
    { lineWidth: 0 },
  );
  const file = path.resolve(output);
  mkdirSync(path.dirname(file), { recursive: true });
  replaceFile(file, text);
  console.log(`Wrote ${file}, context ${CONTEXT}`);
  return 0;
}

async function requestIdToken(audience: string, job: NodeJS.ProcessEnv): Promise<string> {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: right } = job;
  const refuse = (found: string): never => {
    throw new ProblemsError('github-kubeconfig', [
      {
        where: 'ACTIONS_ID_TOKEN_REQUEST_URL',
        found,
        expected: 'a job of GitHub Actions that may ask for an identity token',
        remedy: 'give the job   permissions: { id-token: write }',
      },
    ]);
  };
  if (url === undefined || right === undefined) return refuse('nothing');
  const address = new URL(url);
  address.searchParams.set('audience', audience);
  const response = await fetch(address, { headers: { authorization: `bearer ${right}` } });
  if (!response.ok) return refuse(`an address that answered ${response.status} ${response.statusText}`);
  const { value } = (await response.json()) as { value?: string };
  return value ?? refuse('an answer without a token');
}
