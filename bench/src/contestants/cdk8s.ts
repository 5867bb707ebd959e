import { existsSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type Bench, type Command, type Group } from '../contestant.js';
import { parseObjects, type PlainObject } from '../objects/object-set.js';
import { objectsOf } from '../objects/reference-objects.js';
import { requireSameObjects } from '../objects/require-same-objects.js';
import { pinnedVersions } from '../pinned-versions.js';
import { referenceObjects } from '../reference.js';
import { runProcess } from '../run/run-process.js';
import { cdk8sApp } from '../template/cdk8s-app.js';
import { chainTemplate } from '../template/chain-template.js';
import { cdk8sTypes } from './cdk8s-types.js';
import { writeFiles } from '../write-files.js';

/** What `cdk8s init typescript-app` of the pinned cdk8s-cli writes. */
const CDK8S_YAML = 'language: typescript\napp: npx ts-node main.ts\n';
const TSCONFIG = {
  compilerOptions: {
    alwaysStrict: true,
    declaration: true,
    experimentalDecorators: true,
    inlineSourceMap: true,
    inlineSources: true,
    lib: ['es2016'],
    module: 'CommonJS',
    noEmit: false,
    noEmitOnError: true,
    noFallthroughCasesInSwitch: true,
    noImplicitAny: true,
    noImplicitReturns: true,
    noImplicitThis: true,
    noUnusedLocals: true,
    noUnusedParameters: true,
    resolveJsonModule: true,
    strict: true,
    strictNullChecks: true,
    strictPropertyInitialization: true,
    stripInternal: true,
    target: 'ES2017',
  },
  include: ['**/*.ts'],
  exclude: ['node_modules'],
};

/** A cdk8s app that makes the chain's objects for all environments. */
export const cdk8s: Group = {
  name: 'cdk8s',
  title: 'cdk8s',
  open: async (bench) => {
    const reference = await referenceObjects(bench);
    const environments = [...new Set(reference.map(({ environment }) => environment))];
    const packages = await installedPackages(bench);
    const files = cdk8sApp(chainTemplate(reference, environments), environments, cdk8sTypes(packages));
    const source = join(bench.temporary, 'cdk8s-app');
    const compiled = join(bench.temporary, 'cdk8s-app-compiled');
    for (const folder of [source, compiled]) {
      writeFiles(folder, [
        ...files,
        ['cdk8s.yaml', CDK8S_YAML],
        ['tsconfig.json', JSON.stringify(TSCONFIG)],
        ['package.json', JSON.stringify({ name: 'app', main: 'main.js', private: true })],
      ]);
      symlinkSync(join(packages, 'node_modules'), join(folder, 'node_modules'));
    }
    await runProcess({
      program: process.execPath,
      args: ['node_modules/.bin/tsc', '--build'],
      cwd: compiled,
    });

    const cli = 'node_modules/.bin/cdk8s';
    const run = (cwd: string, ...args: readonly string[]): Command => ({
      program: process.execPath,
      args,
      cwd,
    });
    const contestant = (title: string, id: string, command: Command) => ({
      id,
      title,
      commands: [command],
      prepare: () => {
        rmSync(join(command.cwd, 'dist'), { recursive: true, force: true });
      },
      check: () => {
        requireSameObjects(title, objectsOf(reference), synthesized(command.cwd, environments));
      },
      chart: 'other' as const,
    });
    return {
      versions: { cdk8s: version(packages, 'cdk8s'), 'cdk8s-cli': version(packages, 'cdk8s-cli') },
      contestants: [
        contestant('cdk8s synth', 'as-used', run(source, cli, 'synth')),
        contestant(
          'cdk8s synth, app compiled',
          'compiled',
          run(compiled, cli, 'synth', '--app', 'node main.js'),
        ),
        contestant('cdk8s app compiled, without its CLI', 'compiled-app', run(compiled, 'main.js')),
      ],
    };
  },
};

/** The pinned packages, installed once; the folder that holds `node_modules`. */
async function installedPackages({ cache, say }: Bench): Promise<string> {
  const packages = Object.entries(pinnedVersions().npm).map(([name, pinned]) => `${name}@${pinned}`);
  const key = createHash('sha256').update(packages.join('\n')).digest('hex').slice(0, 12);
  const folder = join(cache, `cdk8s-${key}`);
  if (existsSync(folder)) return folder;
  say(`install ${packages.join(' ')}: once`);
  const unfinished = `${folder}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  writeFiles(unfinished, [['package.json', JSON.stringify({ private: true })]]);
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--save-exact'];
  await runProcess({ program: 'npm', args: ['install', ...flags, ...packages], cwd: unfinished });
  renameSync(unfinished, folder);
  return folder;
}

function version(packages: string, name: string): string {
  const file = join(packages, 'node_modules', name, 'package.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { readonly version: string }).version;
}

function synthesized(app: string, environments: readonly string[]): ReadonlyMap<string, PlainObject> {
  const dist = join(app, 'dist');
  return new Map(
    readdirSync(dist).flatMap((file) => {
      const environment = environments.find((name) => file.startsWith(`${name}-`)) ?? file;
      return [...parseObjects(readFileSync(join(dist, file), 'utf8'))].map(
        ([key, object]) => [`${environment}: ${key}`, object] as const,
      );
    }),
  );
}
