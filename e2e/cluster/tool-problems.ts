import type { Problem } from '@mcp-stacks/problem';
import { spawnSync } from 'node:child_process';

/** The first one whose own network enforces policies, which every namespace of this project relies on. */
const OLDEST_KIND = [0, 24] as const;

const INSTALL_KIND =
  'go install sigs.k8s.io/kind@v0.33.0, or brew install kind, or winget install Kubernetes.kind; other ways: ' +
  'https://kind.sigs.k8s.io/docs/user/quick-start/#installation';

/** What of Docker and kind is missing, or too old. */
export function toolProblems(): readonly Problem[] {
  return [...dockerProblems(), ...kindProblems()];
}

function* dockerProblems(): Generator<Problem> {
  const asked = ask('docker', 'version', '--format', '{{.Server.Version}}');
  if (asked === undefined) {
    yield {
      where: 'Docker',
      found: 'no docker on the PATH',
      expected: 'Docker Engine or Docker Desktop: the nodes of the cluster are its containers',
      remedy: 'https://docs.docker.com/get-started/get-docker/',
    };
  } else if (asked.code !== 0) {
    yield {
      where: 'Docker',
      found: asked.output.trim().split('\n').at(-1) ?? 'no answer of its daemon',
      expected: 'a daemon that answers',
      remedy: 'start Docker Desktop, or: sudo systemctl start docker',
    };
  }
}

function* kindProblems(): Generator<Problem> {
  const asked = ask('kind', 'version');
  const expected = `kind v${OLDEST_KIND.join('.')}.0 or newer`;
  if (asked === undefined) {
    yield { where: 'kind', found: 'no kind on the PATH', expected, remedy: INSTALL_KIND };
    return;
  }
  const [, major = '', minor = ''] = /v(\d+)\.(\d+)\./.exec(asked.output) ?? [];
  const isOld =
    Number(major) < OLDEST_KIND[0] || (Number(major) === OLDEST_KIND[0] && Number(minor) < OLDEST_KIND[1]);
  if (major !== '' && !isOld) return;
  yield {
    where: 'kind',
    found: asked.output.trim(),
    expected: `${expected}: older ones do not enforce network policies`,
    remedy: INSTALL_KIND,
  };
}

/** What a command says, or `undefined` where there is none of that name. */
function ask(
  command: string,
  ...args: readonly string[]
): { readonly code: number | null; readonly output: string } | undefined {
  const { error, status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  return error === undefined ? { code: status, output: stdout + stderr } : undefined;
}
