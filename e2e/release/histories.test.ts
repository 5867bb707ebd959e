import { WorkspaceClone } from './workspace-clone.js';

/** Versions by package. */
type Versions = Readonly<Record<string, string>>;

/** What has happened since a release of everything, and what the next one makes of it. */
interface History {
  readonly name: string;
  /** The version that everything was released at. @default 1.0.0 */
  readonly at?: '0.1.0' | '1.0.0';
  /** Each a message and the files that it changes; `revert` takes back the one before. */
  readonly commits: readonly (readonly [message: string, ...files: string[]])[];
  /** The new versions of what was changed. */
  readonly versions: Versions;
  /** Whether what depends on these is bumped along, by a patch. @default true */
  readonly along?: boolean;
  /** Texts that the changelogs of packages hold. */
  readonly changelogs?: Versions;
}

const app = 'libs/k8s-app/src/index.ts';
const monitoring = 'libs/monitoring/src/index.ts';
const server = 'libs/mcp-server/src/index.ts';

const histories: readonly History[] = [
  {
    name: 'a fix, and what depends on it',
    commits: [['fix(k8s-app): a probe', app]],
    versions: { 'k8s-app': '1.0.1' },
    changelogs: {
      'k8s-app': '### 🩹 Fixes\n\n- **k8s-app:** a probe',
      'mcp-server': '- Updated k8s-app to 1.0.1',
    },
  },
  {
    name: 'a feature',
    commits: [['feat(mcp-server): a profile', server]],
    versions: { 'mcp-server': '1.1.0' },
    changelogs: { 'mcp-server': '### 🚀 Features\n\n- **mcp-server:** a profile' },
  },
  {
    name: 'what is faster',
    commits: [['perf(mcp-server): one pass', server]],
    versions: { 'mcp-server': '1.0.1' },
    changelogs: { 'mcp-server': '### 🔥 Performance\n\n- **mcp-server:** one pass' },
  },
  {
    name: 'a breaking change, marked by !',
    commits: [['feat(mcp-server)!: another argument', server]],
    versions: { 'mcp-server': '2.0.0' },
    changelogs: { 'mcp-server': '### ⚠️  Breaking Changes\n\n- **mcp-server:** another argument' },
  },
  {
    name: 'a breaking change, in a footer',
    commits: [['fix(mcp-server): a default\n\nBREAKING CHANGE: pods run as another user', server]],
    versions: { 'mcp-server': '2.0.0' },
    changelogs: { 'mcp-server': 'pods run as another user' },
  },
  {
    name: 'before 1.0.0 a feature is a patch',
    at: '0.1.0',
    commits: [['feat(mcp-server): a profile', server]],
    versions: { 'mcp-server': '0.1.1' },
  },
  {
    name: 'before 1.0.0 a breaking change is a minor, out of the range that dependants had',
    at: '0.1.0',
    commits: [['feat(monitoring)!: another argument', monitoring]],
    versions: { monitoring: '0.2.0' },
  },
  {
    name: 'nothing: documentation, a chore, tests whatever they call themselves, a stack, what all share',
    commits: [
      ['docs(k8s-app): a word', 'libs/k8s-app/README.md'],
      ['chore(monitoring): order', monitoring],
      ['fix(mcp-server): a test', 'libs/mcp-server/test/mcp-server.test.ts'],
      ['feat(github-mcp): a key', 'stacks/github-mcp/src/index.ts'],
      ['fix: a target', 'nx.json'],
    ],
    versions: {},
  },
  {
    name: 'two libraries at once: a feature of the one that the scope names, a patch of the other',
    commits: [['feat(monitoring): labels', monitoring, app]],
    versions: { monitoring: '1.1.0', 'k8s-app': '1.0.1' },
  },
  {
    name: 'without a scope it is a feature of all that it touches, and of nothing above',
    commits: [['feat: labels', monitoring, app]],
    versions: { monitoring: '1.1.0', 'k8s-app': '1.1.0' },
  },
  {
    name: 'a scope that names a package which it does not touch',
    commits: [['feat(stack): labels', monitoring]],
    versions: { monitoring: '1.0.1' },
  },
  {
    name: 'several commits: the highest counts, and all are in the changelog',
    commits: [
      ['fix(monitoring): an interval', monitoring],
      ['feat(monitoring): labels', monitoring],
    ],
    versions: { monitoring: '1.1.0' },
    changelogs: { monitoring: '- **monitoring:** labels\n\n### 🩹 Fixes\n\n- **monitoring:** an interval' },
  },
  {
    name: 'a feature that was taken back spends a version all the same',
    commits: [['feat(monitoring): labels', monitoring], ['revert']],
    versions: { monitoring: '1.1.0' },
  },
  {
    name: 'what only tests use: no library is bumped along with the recorder',
    commits: [['feat(recorder): aliases', 'libs/recorder/src/index.ts']],
    versions: { recorder: '1.1.0' },
  },
];

let clone: WorkspaceClone;
const baselines = new Map<string, string>();
beforeAll(() => {
  clone = new WorkspaceClone();
  const head = clone.git('rev-parse', 'HEAD');
  for (const version of ['0.1.0', '1.0.0']) {
    clone.git('reset', '--quiet', '--hard', head);
    clone.releasedAt(version);
    baselines.set(version, clone.git('rev-parse', 'HEAD'));
  }
});
afterAll(() => {
  clone[Symbol.dispose]();
});

/** Back to where everything had just been released at a version. */
function startAt(version: string): void {
  clone.git('reset', '--quiet', '--hard', baselines.get(version) ?? '');
  clone.git('clean', '--quiet', '--force', '-d');
  clone.retag(version);
}

/** What depends on any of these, directly or not, by the manifests alone. */
function dependants(names: readonly string[]): readonly string[] {
  const found = new Set(names);
  for (let before = 0; before < found.size;) {
    before = found.size;
    for (const [name, folder] of clone.packages) {
      const used = Object.keys(clone.manifest(folder).dependencies ?? {});
      if ([...found].some((one) => used.includes(`@mcp-stacks/${one}`))) found.add(name);
    }
  }
  return [...found].filter((name) => !names.includes(name));
}

function versions(): Versions {
  return Object.fromEntries(
    [...clone.packages].map(([name, folder]) => [name, clone.manifest(folder).version]),
  );
}

const BUMPED = { '0.1.0': '0.1.1', '1.0.0': '1.0.1' } as const;

test.each(histories)('$name', ({ at = '1.0.0', commits, versions: changed, changelogs = {} }) => {
  startAt(at);
  const before = versions();
  for (const [message, ...files] of commits) {
    if (message === 'revert') clone.git('revert', '--no-edit', 'HEAD');
    else clone.commit(message, files);
  }
  const head = clone.git('rev-parse', 'HEAD');
  const expected = {
    ...Object.fromEntries(dependants(Object.keys(changed)).map((name) => [name, BUMPED[at]])),
    ...changed,
  };

  clone.nx('release', '--skip-publish');

  expect(versions()).toEqual({ ...before, ...expected });
  expect(clone.git('status', '--porcelain')).toBe('');
  if (Object.keys(expected).length === 0) {
    expect(clone.git('rev-parse', 'HEAD')).toBe(head);
    return;
  }
  expect(clone.git('log', '--format=%s', `${head}..`)).toBe('chore(release): publish');
  const tags = Object.entries(expected).map(([name, version]) => `${name}@${version}`);
  expect(clone.git('tag', '--points-at', 'HEAD').split('\n').sort()).toEqual(tags.sort());
  const ranges: string[] = [];
  for (const [name, version] of Object.entries(expected)) {
    const folder = clone.packages.get(name) ?? '';
    expect(clone.read(`${folder}/CHANGELOG.md`)).toMatch(new RegExp(`^#{1,2} ${version} \\(`));
    ranges.push(
      ...Object.entries(clone.manifest(folder).dependencies ?? {}).flatMap(([dependency, range]) => {
        const now = expected[dependency.replace('@mcp-stacks/', '')];
        return dependency.startsWith('@mcp-stacks/') && now !== undefined && range !== `^${now}`
          ? [`${name} wants ${dependency} ${range}`]
          : [];
      }),
    );
  }
  expect(ranges).toEqual([]);
  for (const [name, text] of Object.entries(changelogs)) {
    expect(clone.read(`${clone.packages.get(name) ?? ''}/CHANGELOG.md`)).toContain(text);
  }
  // As `npm ci` sees it: the lock file holds what the manifests want.
  const { packages } = JSON.parse(clone.read('package-lock.json')) as {
    packages: Record<string, { version: string }>;
  };
  const locked = [...clone.packages].map(([name, folder]) => [name, packages[folder]?.version]);
  expect(Object.fromEntries(locked)).toEqual(versions());
});

test('the first release: everything at the version that is asked for, with its history', () => {
  startAt('0.1.0');
  clone.retag();
  clone.commit('feat(k8s-app): the first thing', [app]);
  const said = clone.npm('run', 'release', '--', '0.1.0', '--first-release');
  expect(said).toContain('Skipped publishing');
  const tags = [...clone.packages.keys()].map((name) => `${name}@0.1.0`);
  expect(clone.git('tag', '--points-at', 'HEAD').split('\n').sort()).toEqual(tags.sort());
  expect(clone.read('libs/k8s-app/CHANGELOG.md')).toContain('- **k8s-app:** the first thing');
});

test('a dry run says what would come, and leaves everything as it is', () => {
  startAt('1.0.0');
  clone.commit('feat(k8s-app): a thing', [app]);
  const head = clone.git('rev-parse', 'HEAD');
  const said = clone.npm('run', 'release', '--', '--dry-run');
  expect(said).toContain('to get new version 1.1.0');
  expect(said).toContain('- **k8s-app:** a thing');
  expect(clone.git('rev-parse', 'HEAD')).toBe(head);
  expect(clone.git('status', '--porcelain')).toBe('');
  expect(clone.git('tag', '--points-at', 'HEAD')).toBe('');
});

test('what is released is what is not private', () => {
  const { release } = JSON.parse(clone.read('nx.json')) as { release: { projects: string[] } };
  const listed = clone.nx('show', 'projects', '--projects', release.projects.join(',')).trim().split('\n');
  expect(listed.sort()).toEqual([...clone.packages.keys()].sort());
});

test('what is not released takes whatever the workspace has: a new version of a package is no change of it', () => {
  const manifests = clone.git(
    'ls-files',
    'libs/*/package.json',
    'tools/*/package.json',
    'stacks/*/package.json',
  );
  const pinned = [...manifests.split('\n'), 'e2e/package.json', 'bench/package.json'].flatMap((file) => {
    const manifest = clone.manifest(file.replace('/package.json', ''));
    const ranges = { ...(manifest.private === true && manifest.dependencies), ...manifest.devDependencies };
    return Object.entries(ranges)
      .filter(([name, range]) => name.startsWith('@mcp-stacks/') && range !== '*')
      .map(([name, range]) => `${file}: ${name} ${range}`);
  });
  expect(pinned).toEqual([]);
});
