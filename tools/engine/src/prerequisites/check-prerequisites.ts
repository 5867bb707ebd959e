import { existsSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import type { Problem } from '@mcp-stacks/problem';
import type { Stack } from '@mcp-stacks/workspace';
import { parse } from 'semver';
import { askPulumiSync, type PulumiAnswers } from './ask-pulumi.js';
import { findExecutable } from './find-executable.js';
import { installCliCommands, installPluginCommands } from './install-commands.js';
import { installedManifest, requiredPlugins } from './required-plugins.js';
import { toolPath } from './tool-path.js';

/** What was found of Pulumi on this machine, and what is missing. */
export interface Prerequisites {
  /** The Pulumi CLI, absolute; `undefined` where it is missing or cannot be used. */
  readonly pulumi: string | undefined;
  /** What is there, one line each. */
  readonly found: readonly string[];
  readonly problems: readonly Problem[];
}

/** What of a stack decides on what it needs. */
export type StackProgram = Pick<Stack, 'name' | 'folder' | 'main'>;

/**
 * Looks for what it takes to run the programs of some stacks: the Pulumi CLI, its Node language host, the provider
 * plugins at the versions of the installed SDKs, the compiled programs. Downloads nothing.
 *
 * @param root The workspace's root.
 * @param stacks None where only the CLI is needed.
 * @param shell The user's environment variables.
 * @param answers What the CLI on the path says of itself, by `askPulumi`. Absent: it is asked here.
 */
export function checkPrerequisites(
  root: string,
  stacks: readonly StackProgram[],
  shell: NodeJS.ProcessEnv,
  answers?: PulumiAnswers,
): Prerequisites {
  const searchPath = toolPath(root, shell);
  const found: string[] = [];
  const problems: Problem[] = [];
  const sdk = sdkVersion(stacks[0]?.folder ?? root);
  if (sdk === undefined) {
    problems.push({
      where: '@pulumi/pulumi',
      found: 'not installed',
      expected: "the workspace's packages",
      remedy: 'npm ci',
    });
  }

  const ask = (pulumi: string): PulumiAnswers => answers ?? askPulumiSync(pulumi, shell);
  const pulumi = findCli(searchPath, sdk, ask, found, problems);
  if (pulumi !== undefined && stacks.length > 0) {
    findLanguageHost(pulumi, searchPath, sdk, found, problems);
    findPlugins(ask(pulumi), searchPath, stacks, shell, found, problems);
  }
  for (const { name, main } of stacks) {
    if (existsSync(main)) found.push(`program of ${name}: ${path.relative(root, main)}`);
    else {
      problems.push({
        where: path.relative(root, main),
        found: 'nothing',
        expected: `the compiled program of ${name}`,
        remedy: `npx nx build ${name}`,
      });
    }
  }
  return { pulumi, found, problems };
}

function sdkVersion(from: string): string | undefined {
  const manifest = installedManifest('@pulumi/pulumi', from);
  return manifest && (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version;
}

function findCli(
  searchPath: string,
  sdk: string | undefined,
  ask: (pulumi: string) => PulumiAnswers,
  found: string[],
  problems: Problem[],
): string | undefined {
  const expected = sdk === undefined ? 'the Pulumi CLI' : `the Pulumi CLI, ${minorOf(sdk)} or newer`;
  const remedy = installCliCommands(sdk ?? '<version>');
  const pulumi = findExecutable('pulumi', searchPath);
  if (pulumi === undefined) {
    problems.push({ where: 'Pulumi CLI', found: 'no pulumi on the PATH', expected, remedy });
    return undefined;
  }
  const { version } = ask(pulumi);
  if (version === undefined) {
    problems.push({ where: 'Pulumi CLI', found: `${pulumi}, which names no version`, expected, remedy });
    return undefined;
  }
  // The CLI serves older SDKs; a newer SDK may speak what it does not know.
  if (sdk !== undefined && isOlderMinor(version, sdk)) {
    problems.push({ where: 'Pulumi CLI', found: `${version} (${pulumi})`, expected, remedy });
    return undefined;
  }
  found.push(`Pulumi CLI ${version}: ${pulumi}`);
  return pulumi;
}

function minorOf(version: string): string {
  const parsed = parse(version);
  return parsed === null ? version : `${parsed.major}.${parsed.minor}`;
}

function isOlderMinor(cli: string, sdk: string): boolean {
  const [a, b] = [parse(cli), parse(sdk)];
  if (a === null || b === null) return false;
  return a.major < b.major || (a.major === b.major && a.minor < b.minor);
}

function findLanguageHost(
  pulumi: string,
  searchPath: string,
  sdk: string | undefined,
  found: string[],
  problems: Problem[],
): void {
  const folders = [path.dirname(pulumi), path.dirname(realpathSync(pulumi)), searchPath].join(path.delimiter);
  const host = findExecutable('pulumi-language-nodejs', folders);
  if (host !== undefined) {
    found.push(`Node language host: ${host}`);
    return;
  }
  problems.push({
    where: "Pulumi's Node language host",
    found: `no pulumi-language-nodejs beside ${pulumi} or on the PATH`,
    expected: "it beside the CLI: the vendor's archive holds both",
    remedy: installCliCommands(sdk ?? '<version>'),
  });
}

function findPlugins(
  answers: PulumiAnswers,
  searchPath: string,
  stacks: readonly StackProgram[],
  shell: NodeJS.ProcessEnv,
  found: string[],
  problems: Problem[],
): void {
  const required = new Map(
    stacks.flatMap(({ folder }) =>
      requiredPlugins(folder).map((plugin) => [`${plugin.name} ${plugin.version}`, plugin]),
    ),
  );
  if (required.size === 0) return;
  const installed = answers.plugins;
  // Pulumi takes a plugin on the PATH before all others, whatever its version.
  const mayBeOnPath = !['true', '1'].includes(shell.PULUMI_IGNORE_AMBIENT_PLUGINS?.toLowerCase() ?? '');
  for (const plugin of required.values()) {
    const onPath = mayBeOnPath ? findExecutable(`pulumi-resource-${plugin.name}`, searchPath) : undefined;
    if (onPath !== undefined) {
      found.push(`plugin ${plugin.name}: ${onPath} (on the PATH, its version is not checked)`);
      continue;
    }
    const versions = installed.filter(({ name }) => name === plugin.name).map(({ version }) => version);
    if (versions.includes(plugin.version)) {
      found.push(`plugin ${plugin.name} ${plugin.version}`);
      continue;
    }
    problems.push({
      where: `Pulumi plugin ${plugin.name}`,
      found: versions.length === 0 ? 'not installed' : `${versions.join(', ')} only`,
      expected: `${plugin.version}, the version of the installed SDK`,
      remedy: installPluginCommands(plugin),
    });
  }
}
