import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { checkPrerequisites } from '../src/prerequisites/check-prerequisites.js';

/** A workspace with one stack that uses two provider SDKs, one of them by way of a library; and a PATH of its own. */
describe('checkPrerequisites', () => {
  let root: string;
  let bin: string;
  const write = (file: string, text: string) => {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  };
  const program = (name: string, script: string) => {
    write(`bin/${name}`, `#!/bin/sh\n${script}\n`);
    chmodSync(path.join(bin, name), 0o755);
  };
  const cli = (version: string, plugins: { name: string; version: string; kind: string }[] = []) => {
    program(
      'pulumi',
      `case "$1" in version) echo v${version};; plugin) echo '${JSON.stringify(plugins)}';; esac`,
    );
  };
  const check = (shell: NodeJS.ProcessEnv = {}) =>
    checkPrerequisites(
      root,
      [{ name: 's', folder: path.join(root, 'stacks/s'), main: path.join(root, 'stacks/s/dist/index.js') }],
      { PATH: `${bin}:/bin:/usr/bin`, ...shell },
    );
  const texts = (shell?: NodeJS.ProcessEnv) =>
    check(shell).problems.map(
      ({ where, found, remedy }) => `${where}: ${found} → ${remedy.split('\n')[0] ?? ''}`,
    );

  beforeEach(() => {
    root = mkdtempSync(path.join(os.tmpdir(), 'prerequisites-'));
    bin = path.join(root, 'bin');
    write('node_modules/@pulumi/pulumi/package.json', '{"name": "@pulumi/pulumi", "version": "3.259.0"}');
    const sdk = (name: string, version: string) => {
      const pulumi = { resource: true, name, version };
      write(
        `node_modules/@pulumi/${name}/package.json`,
        JSON.stringify({ name: `@pulumi/${name}`, version, pulumi }),
      );
    };
    sdk('kubernetes', '4.33.0');
    sdk('random', '4.21.2');
    write(
      'node_modules/lib/package.json',
      '{"name": "lib", "peerDependencies": {"@pulumi/kubernetes": "*"}}',
    );
    write('stacks/s/package.json', '{"name": "s", "dependencies": {"lib": "*", "@pulumi/random": "*"}}');
    write('stacks/s/dist/index.js', '');
    program('pulumi-language-nodejs', '');
  });
  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  test('nothing missing', () => {
    cli('3.259.3', [
      { name: 'kubernetes', version: '4.33.0', kind: 'resource' },
      { name: 'random', version: '4.21.2', kind: 'resource' },
    ]);
    expect(texts()).toEqual([]);
  });

  test('no CLI, nothing compiled: both at once, with the ways to get the CLI online and offline', () => {
    rmSync(path.join(root, 'stacks/s/dist'), { recursive: true });
    // Only the fake folder: a CLI of the machine must not be found.
    const shell = { PATH: bin };
    expect(texts(shell)).toEqual([
      expect.stringMatching(
        /^Pulumi CLI: no pulumi on the PATH → curl .*get\.pulumi\.com.* --version 3\.259\.0/,
      ),
      'stacks/s/dist/index.js: nothing → npx nx build s',
    ]);
    expect(check(shell).problems[0]?.remedy).toMatch(/brew install[^]*offline: .*pulumi-v3\.259\.0-/);
  });

  test.each([
    ['3.258.9', true],
    ['3.259.0', false],
    ['3.300.0', false],
    ['2.400.0', true],
  ])('CLI %s for SDK 3.259.0: too old: %s', (version, isTooOld) => {
    cli(version);
    expect(texts().some((text) => text.startsWith('Pulumi CLI: '))).toBe(isTooOld);
  });

  test('a missing language host', () => {
    cli('3.259.0');
    rmSync(path.join(bin, 'pulumi-language-nodejs'));
    expect(texts({ PATH: bin })).toContainEqual(
      expect.stringMatching(/^Pulumi's Node language host: no pulumi-language-nodejs/),
    );
  });

  test('plugins must have exactly the SDK’s version; the message has mirror and file variants', () => {
    cli('3.259.0', [{ name: 'kubernetes', version: '4.32.0', kind: 'resource' }]);
    expect(texts()).toEqual([
      'Pulumi plugin kubernetes: 4.32.0 only → pulumi plugin install resource kubernetes v4.33.0',
      'Pulumi plugin random: not installed → pulumi plugin install resource random v4.21.2',
    ]);
    expect(check().problems[0]?.remedy).toMatch(
      /--server <URL>[^]*--file pulumi-resource-kubernetes-v4\.33\.0-/,
    );
  });

  test('a plugin on the PATH counts, unless Pulumi is told to ignore those', () => {
    cli('3.259.0', [{ name: 'random', version: '4.21.2', kind: 'resource' }]);
    program('pulumi-resource-kubernetes', '');
    expect(texts()).toEqual([]);
    expect(texts({ PULUMI_IGNORE_AMBIENT_PLUGINS: 'true' })).toHaveLength(1);
  });

  test('packages not installed', () => {
    cli('3.259.0');
    rmSync(path.join(root, 'node_modules'), { recursive: true });
    expect(texts()).toEqual(['@pulumi/pulumi: not installed → npm ci']);
  });
});
