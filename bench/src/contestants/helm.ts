import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { type Bench, type Command, type Group } from '../contestant.js';
import { parseObjects } from '../objects/object-set.js';
import { objectsOf } from '../objects/reference-objects.js';
import { requireSameObjects } from '../objects/require-same-objects.js';
import { referenceObjects } from '../reference.js';
import { runProcess } from '../run/run-process.js';
import { chainTemplate } from '../template/chain-template.js';
import { helmChart } from '../template/helm-chart.js';
import { pinnedVersions } from '../pinned-versions.js';
import { writeFiles } from '../write-files.js';

/** One chart with the chain's objects; Helm renders one environment at a time. */
export const helm: Group = {
  name: 'helm',
  title: 'Helm',
  open: async (bench) => {
    const reference = await referenceObjects(bench);
    const environments = [...new Set(reference.map(({ environment }) => environment))];
    const program = await helmProgram(bench);
    const chart = join(bench.temporary, 'helm-chart');
    writeFiles(chart, helmChart(chainTemplate(reference, environments), environments));
    const command = (environment: string): Command => ({
      program,
      args: ['template', 'mcp-stacks', chart, '--values', join(chart, `values-${environment}.yaml`)],
      cwd: bench.temporary,
    });
    const check = (outputs: readonly string[], names: readonly string[]): void => {
      for (const [index, environment] of names.entries()) {
        const found = [...parseObjects(outputs[index] ?? '')];
        requireSameObjects(
          'Helm',
          objectsOf(reference, environment),
          new Map(found.map(([key, object]) => [`${environment}: ${key}`, object])),
        );
      }
    };
    const { stdout } = await runProcess({ program, args: ['version', '--short'], cwd: bench.temporary });
    const [first = ''] = environments;
    return {
      versions: { Helm: stdout.trim() },
      contestants: [
        {
          id: 'all',
          title: `helm template, ${environments.length} environments one after the other`,
          commands: environments.map(command),
          check: (outputs) => {
            check(outputs, environments);
          },
          chart: 'other',
        },
        {
          id: 'one-environment',
          title: `helm template, ${first} alone`,
          commands: [command(first)],
          check: (outputs) => {
            check(outputs, [first]);
          },
        },
      ],
    };
  },
};

/** The `helm` on the path, else one built from its Go module, once. */
async function helmProgram({ cache, say }: Bench): Promise<string> {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const installed = folders.map((folder) => join(folder, 'helm')).find((file) => existsSync(file));
  if (installed !== undefined) return installed;
  const { module, version, package: name } = pinnedVersions().helm;
  const program = join(cache, `helm-${version}`, 'helm');
  if (existsSync(program)) return program;
  const folder = dirname(program);
  say(`build Helm ${version} from its Go module: some minutes, once`);
  mkdirSync(folder, { recursive: true });
  // `go install module@version` refuses modules with replace directives.
  writeFiles(folder, [
    ['go.mod', `module mcp-stacks.bench/helm\n\ngo 1.25.0\n\nrequire ${module} ${version}\n`],
    ['tools.go', `//go:build tools\n\npackage helm\n\nimport _ "${module}/${name}"\n`],
  ]);
  const go = (...args: readonly string[]) =>
    runProcess({ program: 'go', args, cwd: folder, env: { CGO_ENABLED: '0', GOFLAGS: '-mod=mod' } });
  await go('mod', 'download', module);
  const flags = `-s -w -X ${module}/internal/version.version=${version}`;
  await go('build', '-trimpath', `-ldflags=${flags}`, '-o', 'helm.new', `${module}/${name}`);
  renameSync(join(folder, 'helm.new'), program);
  return program;
}
