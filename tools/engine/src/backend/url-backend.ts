import { existsSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Problem, ProblemsError } from '@mcp-stacks/problem';
import type { Stack } from '@mcp-stacks/workspace';
import { parse } from 'yaml';
import type { BackendSession } from './backend-session.js';

/** Where the state lives, and who keeps its secrets, of an environment that several people share. */
export interface UrlBackend {
  readonly url: string;
  readonly secretsProvider?: string;
}

/**
 * A backend that others share: the vendor's cloud, an object store, a shared folder. The tracked config file is used
 * as it is, and nothing is set up without being asked for.
 *
 * @throws ProblemsError where the credentials are missing that the backend needs.
 */
export function openUrlBackend(
  stack: Stack,
  environment: string,
  backend: UrlBackend,
  shell: NodeJS.ProcessEnv,
): BackendSession {
  ProblemsError.throwIfAny(
    `backend of ${environment}`,
    isService(backend.url)
      ? loginProblems(backend.url, shell)
      : passphraseProblems(stack, environment, backend.secretsProvider, shell),
  );
  return {
    projectFolder: stack.folder,
    location: backend.url,
    isPrivate: false,
    variables: { PULUMI_BACKEND_URL: backend.url },
    notes: [],
    discarded: [],
    ...(backend.secretsProvider === undefined ? {} : { secretsProvider: backend.secretsProvider }),
  };
}

/** Pulumi Cloud or a self-hosted service: these speak HTTP, the others are stores. */
function isService(url: string): boolean {
  return /^https?:\/\//.test(url);
}

function loginProblems(url: string, shell: NodeJS.ProcessEnv): Problem[] {
  if ((shell.PULUMI_ACCESS_TOKEN ?? '') !== '') return [];
  const home = shell.PULUMI_CREDENTIALS_PATH ?? shell.PULUMI_HOME ?? path.join(os.homedir(), '.pulumi');
  const file = path.join(home, 'credentials.json');
  if (tokenIn(file, url)) return [];
  return [
    {
      where: url,
      found: `no PULUMI_ACCESS_TOKEN, and no login to it in ${file}`,
      expected: 'one of the two',
      remedy: `export PULUMI_ACCESS_TOKEN=…   or: pulumi login ${url}`,
    },
  ];
}

function tokenIn(file: string, url: string): boolean {
  if (!existsSync(file)) return false;
  try {
    const credentials = JSON.parse(readFileSync(file, 'utf8')) as { accessTokens?: Record<string, string> };
    return (credentials.accessTokens?.[url.replace(/\/$/, '')] ?? '') !== '';
  } catch {
    return false;
  }
}

function passphraseProblems(
  stack: Stack,
  environment: string,
  secretsProvider: string | undefined,
  shell: NodeJS.ProcessEnv,
): Problem[] {
  const file = path.join(stack.folder, `Pulumi.${environment}.yaml`);
  const tracked = existsSync(file)
    ? (parse(readFileSync(file, 'utf8')) as { secretsprovider?: string } | null)
    : null;
  const provider = tracked?.secretsprovider ?? secretsProvider ?? 'passphrase';
  if (provider !== 'passphrase' && provider !== 'default') return [];
  // An empty passphrase is a passphrase for Pulumi, so being set is what counts.
  if (shell.PULUMI_CONFIG_PASSPHRASE !== undefined || shell.PULUMI_CONFIG_PASSPHRASE_FILE !== undefined)
    return [];
  return [
    {
      where: 'PULUMI_CONFIG_PASSPHRASE',
      found: 'neither it nor PULUMI_CONFIG_PASSPHRASE_FILE is set',
      expected: `the passphrase that the secrets of ${environment} are encrypted with`,
      remedy: 'export PULUMI_CONFIG_PASSPHRASE_FILE=<file that holds it>',
    },
  ];
}
