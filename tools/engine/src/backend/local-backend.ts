import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Problem, ProblemsError } from '@mcp-stacks/problem';
import type { Stack } from '@mcp-stacks/workspace';
import { pulumiCommand } from '../command-text.js';
import type { BackendSession } from './backend-session.js';
import { LOCAL_BACKEND_FOLDER, localConfig, localProjectFolder } from './local-config.js';
import { ensurePassphrase } from './passphrase.js';
import { relocateProjectFile } from './project-file.js';
import { replaceFile } from './replace-file.js';

/**
 * The file backend for development, set up on first use under `<root>/.pulumi-local/`:
 *
 * - `state/`: Pulumi's state files;
 * - `passphrase`: what secrets are encrypted with;
 * - `config/<env>/<stack>/`: the folder that Pulumi runs in, with a `Pulumi.yaml` that points at the compiled program
 *   and a working copy of `Pulumi.<env>.yaml`. Pulumi writes into the config file that it uses (`encryptionsalt`,
 *   other for each developer; `stack rm` deletes it), so it never gets the tracked one.
 *
 * @throws ProblemsError where the tracked config holds secrets that the local passphrase cannot decrypt and
 *   `requireReadable` is set.
 */
export function openLocalBackend(
  root: string,
  stack: Stack,
  environment: string,
  options: { readonly requireReadable: boolean },
): BackendSession {
  const home = path.join(root, LOCAL_BACKEND_FOLDER);
  const state = path.join(home, 'state');
  const passphrase = path.join(home, 'passphrase');
  const projectFolder = localProjectFolder(root, stack, environment);
  mkdirSync(home, { recursive: true, mode: 0o700 });
  mkdirSync(state, { recursive: true });
  mkdirSync(projectFolder, { recursive: true });
  const gitignore = path.join(home, '.gitignore');
  if (!existsSync(gitignore)) writeFileSync(gitignore, '*\n');
  ensurePassphrase(passphrase);

  const projectFile = path.join(stack.folder, 'Pulumi.yaml');
  replaceFile(
    path.join(projectFolder, 'Pulumi.yaml'),
    relocateProjectFile(readFileSync(projectFile, 'utf8'), stack.folder, stack.main),
  );
  const configName = `Pulumi.${environment}.yaml`;
  const tracked = path.join(stack.path, configName);
  const merged = localConfig(root, stack, environment);
  replaceFile(path.join(projectFolder, configName), merged.text);

  if (options.requireReadable) {
    ProblemsError.throwIfAny(
      `${tracked} on the local backend`,
      merged.unreadable.map((key): Problem => ({
        where: `${tracked}: ${key}`,
        found: 'a value encrypted with a key that is not the local passphrase',
        expected: 'a local secret in its place, or no encrypted value',
        remedy: pulumiCommand(stack.name, environment, `config set --secret ${key}`),
      })),
    );
  }
  return {
    projectFolder,
    location: `local files (${path.join(LOCAL_BACKEND_FOLDER, 'state')})`,
    isPrivate: true,
    variables: {
      PULUMI_BACKEND_URL: pathToFileURL(state).href,
      PULUMI_CONFIG_PASSPHRASE_FILE: passphrase,
      // It would win over the file.
      PULUMI_CONFIG_PASSPHRASE: undefined,
    },
    notes: merged.overruledSecrets.map((key) => `${key}: the value in ${tracked} wins over the local secret`),
    discarded: merged.discarded.map(
      (key) => `${key} is as ${tracked} says again: plain values are changed there`,
    ),
  };
}
