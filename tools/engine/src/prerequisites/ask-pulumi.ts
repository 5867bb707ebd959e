import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';
import { parse } from 'semver';
import { findExecutable } from './find-executable.js';
import { toolPath } from './tool-path.js';

/** What the Pulumi CLI says of itself. */
export interface PulumiAnswers {
  /** `undefined` where it names none. */
  readonly version: string | undefined;
  /** The resource plugins that are installed. */
  readonly plugins: readonly { readonly name: string; readonly version: string }[];
}

const VERSION = ['version'];
const PLUGINS = ['plugin', 'ls', '--output', 'json'];

/** Asks the Pulumi CLI on the path, one question beside the other; `undefined` where there is none. */
export async function askPulumi(root: string, shell: NodeJS.ProcessEnv): Promise<PulumiAnswers | undefined> {
  const pulumi = findExecutable('pulumi', toolPath(root, shell));
  if (pulumi === undefined) return undefined;
  const ask = async (args: readonly string[]): Promise<string> => {
    const { stdout } = await promisify(execFile)(pulumi, args, { encoding: 'utf8', env: quiet(shell) });
    return stdout;
  };
  const [version, plugins] = await Promise.all([ask(VERSION).catch(() => ''), ask(PLUGINS)]);
  return { version: versionIn(version), plugins: pluginsIn(plugins) };
}

/** The same, for who cannot wait: each question is asked when its answer is looked at. */
export function askPulumiSync(pulumi: string, shell: NodeJS.ProcessEnv): PulumiAnswers {
  const ask = (args: readonly string[]): string =>
    execFileSync(pulumi, args, { encoding: 'utf8', env: quiet(shell), stdio: ['ignore', 'pipe', 'ignore'] });
  return {
    get version() {
      try {
        return versionIn(ask(VERSION));
      } catch {
        return undefined;
      }
    },
    get plugins() {
      return pluginsIn(ask(PLUGINS));
    },
  };
}

function quiet(shell: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...shell, PULUMI_SKIP_UPDATE_CHECK: 'true' };
}

function versionIn(output: string): string | undefined {
  return parse(output.trim())?.version;
}

function pluginsIn(output: string): PulumiAnswers['plugins'] {
  const plugins = JSON.parse(output) as { name: string; kind: string; version?: string }[];
  return plugins
    .filter(({ kind }) => kind === 'resource')
    .map(({ name, version }) => ({ name, version: version ?? '' }));
}
