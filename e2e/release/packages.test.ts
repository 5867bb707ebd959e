import { checkPrerequisites } from '@mcp-stacks/engine';
import { readWorkspace } from '@mcp-stacks/workspace';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { root } from '../workspace/temporary-workspace.js';
import { ConsumerFolder, type Registered } from './consumer-folder.js';
import { Engine } from './engine.js';
import { Registry } from './registry.js';
import { replacements } from './replacements.js';
import { type Manifest, WorkspaceClone } from './workspace-clone.js';

/** A published manifest. */
interface Published extends Manifest {
  readonly license?: string;
  readonly type?: string;
  readonly main: string;
  readonly types: string;
  readonly bin?: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
}

/** A package as it lies in the registry. */
interface Package {
  readonly manifest: Published;
  /** The paths of its files. */
  readonly files: readonly string[];
  readonly readme: string;
  readonly license: string;
}

/** What is taken away at the end, also where the beginning failed. */
const made = new AsyncDisposableStack();
let clone: WorkspaceClone;
let registry: Registry;
let consumer: ConsumerFolder;
const packages = new Map<string, Package>();

beforeAll(async () => {
  registry = made.use(await Registry.start());
  clone = made.use(new WorkspaceClone());
  clone.releasedAt('0.1.0');
  // What a source that has gone leaves behind: a build does not take it away.
  writeFileSync(join(clone.root, 'libs/k8s-app/dist/gone.js'), '');
  publish('--first-release');
  for (const folder of clone.packages.values()) {
    const { name, version } = clone.manifest(folder);
    packages.set(name, unpack(await registry.tarball(name, version)));
  }
  consumer = made.use(new ConsumerFolder(registry));
  consumer.npm('install', '--ignore-scripts');
  consumer.npm('run', 'build');
});
afterAll(async () => {
  await made.disposeAsync();
});

function publish(...args: readonly string[]): void {
  clone.npmTo(registry, 'run', 'release:publish', '--', '--registry', registry.url, ...args);
}

function unpack(tarball: string): Package {
  const tar = (...args: string[]) => execFileSync('tar', [...args], { encoding: 'utf8' });
  const text = (file: string) => tar('-xzOf', tarball, `package/${file}`);
  return {
    manifest: JSON.parse(text('package.json')) as Published,
    files: tar('-tzf', tarball)
      .split('\n')
      .filter((path) => path !== '' && !path.endsWith('/'))
      .map((path) => path.replace('package/', '')),
    readme: text('README.md'),
    license: text('LICENSE'),
  };
}

/** Every package with what is wrong with it; none should be. */
function faults(check: (one: Package) => readonly string[]): readonly string[] {
  return [...packages].flatMap(([name, one]) => check(one).map((fault) => `${name}: ${fault}`));
}

describe('what is published', () => {
  test('every package that is not private', () => {
    expect(packages.size).toBe(clone.packages.size);
    expect(packages.size).toBeGreaterThan(10);
  });

  test('has its licence, a README and types for all that it exports', () => {
    const licence = clone.read('LICENSE');
    expect(
      faults(({ manifest, files, license, readme }) => {
        const named = [
          manifest.main,
          manifest.types,
          ...Object.values(manifest.bin ?? {}),
          ...Object.values(manifest.exports).flatMap((one) =>
            typeof one === 'string' ? one : Object.values(one),
          ),
        ].map((path) => posix.normalize(path));
        const entry = manifest.exports['.'];
        return [
          ...(manifest.license === 'Apache-2.0' && license === licence ? [] : ['another licence']),
          ...(manifest.type === 'commonjs' ? [] : ['not CommonJS']),
          ...(typeof entry === 'object' && Object.keys(entry)[0] === 'types' ? [] : ['no types first']),
          ...['## Install', '```ts', manifest.name].filter((part) => !readme.includes(part)),
          ...named.filter((path) => !files.includes(path)),
        ];
      }),
    ).toEqual([]);
  });

  test('holds what it runs on and nothing else', () => {
    const wanted = /^(package\.json|README\.md|LICENSE|dist\/.+\.(js|d\.ts)|bin\/[-a-z]+\.cjs)$/;
    const generators = /^(generators\.json|(templates|schemas)\/.+)$/;
    expect(
      faults(({ manifest, files }) =>
        files.filter(
          (file) =>
            !wanted.test(file) && !(manifest.name === '@mcp-stacks/nx-pulumi' && generators.test(file)),
        ),
      ),
    ).toEqual([]);
  });

  test('is compiled from what stands there now, not from what lay in dist', () => {
    expect(
      faults(({ manifest, files }) => {
        const folder = clone.packages.get(manifest.name.replace('@mcp-stacks/', '')) ?? '';
        const sources = clone.git('ls-files', `${folder}/src`).split('\n');
        const expected = sources.flatMap((file) => {
          const output = file.replace(`${folder}/src/`, 'dist/').replace(/\.ts$/, '');
          return [`${output}.js`, `${output}.d.ts`];
        });
        const found = files.filter((file) => file.startsWith('dist/'));
        return found.sort().join() === expected.sort().join() ? [] : [found.join(' ')];
      }),
    ).toEqual([]);
  });

  test("names its needs: each other by caret ranges, Pulumi's SDKs as peers, of what it depends on too", () => {
    expect(
      faults(({ manifest: { dependencies = {}, devDependencies, peerDependencies = {}, ...manifest } }) => {
        const ours = Object.entries(dependencies).filter(([name]) => packages.has(name));
        const inherited = ours.flatMap(([name]) =>
          Object.keys(packages.get(name)?.manifest.peerDependencies ?? {}),
        );
        return [
          ...ours.filter(([, range]) => range !== '^0.1.0').map(([name, range]) => `${name} ${range}`),
          ...Object.keys(dependencies).filter((name) => name.startsWith('@pulumi/')),
          ...Object.keys(dependencies).filter(
            (name) => name.startsWith('@mcp-stacks/') && !packages.has(name),
          ),
          ...inherited.filter((name) => !(name in peerDependencies)).map((name) => `no peer ${name}`),
          ...(devDependencies === undefined && !('nx' in manifest) ? [] : ['what only the workspace reads']),
        ];
      }),
    ).toEqual([]);
  });
});

describe('a team outside', () => {
  test('tests its server, by CommonJS and by ES modules', () => {
    expect(consumer.npm('test')).toMatch(/# pass 6\n# fail 0|ℹ pass 6\nℹ fail 0/);
  });

  test('renders its chain', () => {
    expect(consumer.npm('run', 'render')).toContain('weather:7000 ← namespace agents');
    const manifests = consumer.read('dist/render/dev/weather-mcp.yaml');
    for (const part of ['kind: Deployment', 'kind: NetworkPolicy', 'kind: PodMonitor', 'path: /healthz'])
      expect(manifests).toContain(part);
  });

  test("has one copy of each of Pulumi's SDKs", () => {
    const { packages: locked } = JSON.parse(consumer.read('package-lock.json')) as { packages: object };
    expect(Object.keys(locked).filter((path) => /@pulumi\/[a-z]+$/.test(path))).toEqual([
      'node_modules/@pulumi/kubernetes',
      'node_modules/@pulumi/pulumi',
      'node_modules/@pulumi/random',
    ]);
  });

  test('can compile the examples of every README', () => {
    for (const [name, { readme }] of packages) {
      const examples = [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code]) => code ?? '');
      examples.forEach((code, index) => {
        consumer.write(`readme/${name.replace('@mcp-stacks/', '')}-${index}.ts`, code);
      });
    }
    consumer.write(
      'readme/tsconfig.json',
      JSON.stringify({
        extends: '../tsconfig.base.json',
        compilerOptions: { noEmit: true },
        include: ['*.ts'],
      }),
    );
    consumer.npm(
      'install',
      '--no-save',
      '--ignore-scripts',
      ...packages.keys(),
      '@nx/devkit@23.2.1',
      'nx@23.2.1',
    );
    consumer.npm('exec', '--', 'tsc', '--project', 'readme');
  });
});

describe('the next version', () => {
  const missing = checkPrerequisites(root, readWorkspace(root).stacks, process.env)
    .problems.map(({ where }) => where)
    .join(', ');
  const installed = 'node_modules/@mcp-stacks/mcp-server';
  let before: readonly Registered[];
  let engine: Engine | undefined;
  beforeAll(() => {
    before = consumer.registered();
    if (missing === '') {
      engine = made.use(new Engine(consumer));
      engine.up();
    }
    clone.replace(
      'libs/mcp-server/src/mcp-server.ts',
      'const DRAIN_SECONDS = 5;',
      'const DRAIN_SECONDS = 6;',
    );
    clone.commit('fix(mcp-server): serve for longer');
    clone.nx('release', '--skip-publish');
    publish();
    consumer.npm('update', '--ignore-scripts', '@mcp-stacks/mcp-server');
    consumer.npm('run', 'build');
  });

  /** Gives the component another type without an alias, calls `check`, and takes that back. */
  function withAnotherType(check: () => void): void {
    const file = `${installed}/dist/mcp-server.js`;
    const code = consumer.read(file);
    consumer.write(file, code.replace('mcp-server:McpServer', 'mcp-server:Server'));
    check();
    consumer.write(file, code);
  }

  test('replaces nothing that the last one registered; a component of another type would', () => {
    expect(JSON.parse(consumer.read(`${installed}/package.json`))).toMatchObject({ version: '0.1.1' });
    const after = consumer.registered();
    expect(after.length).toBeGreaterThan(5);
    expect(after).not.toEqual(before);
    expect(replacements(before, after)).toEqual([]);
    withAnotherType(() => {
      const found = replacements(before, consumer.registered());
      expect(found).toContainEqual(expect.stringMatching(/Deployment.*: gone$/));
    });
  });

  (missing === '' ? test : test.skip)(
    `the same on the real engine${missing === '' ? '' : ` (skipped: no ${missing})`}`,
    () => {
      expect(engine?.preview()).toEqual({ update: 1, same: expect.any(Number) as number });
      withAnotherType(() => {
        expect(engine?.preview()).toMatchObject({
          create: expect.any(Number) as number,
          delete: expect.any(Number) as number,
        });
      });
    },
  );
});
