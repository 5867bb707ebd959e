import { type MeasuredGroup } from '../run/measured.js';
import { type BenchResults, find } from './bench-results.js';
import { mebibytes, seconds, times } from './format.js';
import { goals } from './goals.js';
import { perResource } from './per-resource.js';

/** `docs/benchmarks.md`, without its formatting. */
export function docsPage(results: BenchResults, hasServersChart: boolean): string {
  const { machine, commit, date, rounds, versions } = results;
  return `# Benchmarks

How long people wait for the preview, beside others that make the same Kubernetes objects. Written by \`npm run bench\`: do
not edit.

| | |
| --- | --- |
| when | ${date}, commit ${commit} |
| machine | ${machine.processor}, ${machine.cores} cores, ${mebibytes(machine.memory)}, ${machine.system} |
| load before | ${machine.load.toFixed(1)} (above 0.5, something else was running) |
| versions | ${Object.entries(versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ')} |
| rounds | ${rounds}, after one that is not counted |

## Goals

Goals, not gates: no test looks at seconds.

| what | goal | measured | |
| --- | --- | --- | --- |
${goals(results)
  .map(
    ({ what, limit, measured, isMet }) =>
      `| ${what} | ${limit ?? ''} | ${measured ?? 'not measured'} | ${isMet === undefined ? '' : isMet ? 'met' : '**not met**'} |`,
  )
  .join('\n')}

## The whole chain

${picture('benchmarks-chain', 'Time of each contestant for the whole chain')}

${results.groups
  .filter(({ name }) => !['servers', 'affected', 'engine'].includes(name))
  .map((group) => groupTable(group, results))
  .join('\n\n')}

The whole chain is every stack in every environment. Peak memory is that of the largest process, from a run of its own.

${explained(results)}

## Many servers

${hasServersChart ? `${picture('benchmarks-servers', 'Time of render by the number of resources')}\n` : ''}
${serversTable(results)}

## What a change costs through Nx

${tableOf(results, 'affected')}

Each run compiles and renders, in a clone of this workspace with an Nx cache of its own; a change is one that nobody made
before. Without the daemon, as in CI, unless it says so.

## With the real engine

${tableOf(results, 'engine')}

${DISTANCE}

${METHOD}`;
}

const DISTANCE = `## What stands between the figures and the goals

- **Half of what loading the two SDKs takes.** render loads a quarter of their modules; the larger part of its time is Node
  itself, what is compiled of this workspace, and nine runs of the programs (the table above). What is left is to not run a
  program of which nothing changed: that is what Nx's cache does, in more time than it saves here.
- **A tenth of Pulumi's TypeScript loading where nothing was edited.** It then compiles and checks nothing. A tenth of it is
  less than Node's own start and the SDK take.
- **20 KB a resource.** A Pulumi program makes all of its resources before the first is answered, and the SDK holds the
  promises and outputs of each until the end: with \`--max-old-space-size=300\` the thousand servers run out of memory, with
  340 they take a quarter less than without a limit, and longer. The rest is what V8 has not collected yet.
- **1.1 times an empty program's preview.** An empty program starts no provider; one ConfigMap does, and shows what that
  takes. Beyond it the engine runs the programs for what would collide with objects of others, Pulumi reads each object anew
  from the cluster (\`--refresh\`, a tenth of a second), and the program loads its libraries. Pulumi itself asks npm for its
  version before every run, a quarter of a second.`;

const METHOD = `## How it is measured, and what is compared

\`\`\`sh
npm run bench                                # all of it; writes this page
npm run bench -- --only render helm          # some groups; writes dist/bench/results.json alone
npm run bench -- --rounds 9
\`\`\`

- Whole processes, from before their start until they have ended. The contestants take turns: the first round of all, then
  the second of all, so that whatever else the machine does meets them alike. Shown are the median and, in brackets, the
  least and the most.
- After **every** run the objects are read and compared with render's, field by field. Where one differs, the bench fails
  and there are no results.
- **Loading the two SDKs** is \`node -e "require('@pulumi/pulumi'); require('@pulumi/kubernetes')"\`: what every Pulumi
  program waits for before its own first line.
- **Pulumi's TypeScript loading** runs the same chain and renderer, but loads the stacks' sources through ts-node as
  Pulumi's Node host does without \`typescript: false\` (its own choice of ts-node and TypeScript, and its options, from
  \`cmd/run/run.ts\`). Libraries stay compiled, as from npm. One process runs all stacks and environments; the engine would
  start one for each. ts-node keeps what it compiled in a cache: the first run has none, as in CI; with nothing edited it
  checks no types.
- **cdk8s** runs an app that is generated from render's objects: a chart class for each stack with typed constructs (from
  cdk8s-plus's \`imports/k8s\`, which is what \`cdk8s import\` writes, already compiled), and a values file for each
  environment that holds what differs between environments, besides namespaces, images, replicas and resources.
  \`cdk8s synth\` is what \`cdk8s init typescript-app\` sets up: ts-node on \`main.ts\`, with type check. It validates
  nothing, derives nothing from a profile, and hands no output from stack to stack.
- **Helm** renders a chart that is generated in the same way: a template for each stack, a values file for each environment,
  one \`helm template\` for each environment. It is a Go program without anything to load.
- What is generated stands in a temporary folder during a run; \`bench/src/template\` writes it.
- **render** is the program itself; \`npx render\` adds npm's own start. The programs are compiled beforehand: after an edit
  \`tsc\` comes first, which the table about Nx includes.
- What render does beyond the others: it runs the real Pulumi programs through Pulumi's own runtime, checks the
  configuration, every object against Kubernetes' schemas, Pod Security, duplicates and stack references, and draws the
  tables. That, and loading the SDK, is the distance to Helm: *Where render's time goes* has each
  part, from five runs under V8's profiler, brought to the measured time.
- **Many servers**: a stack that makes so many \`McpServer\`s of the generic profile from its configuration. A resource is
  what the program registers, components included.
- **The real engine**: \`engine preview\` and \`engine up\` of a deployed stack that has not changed, and of a stack whose
  program is empty, on the same local backend. \`up\` is measured without the health check
  that follows it. It needs Pulumi's CLI and plugins, and a cluster: \`KUBECONFIG\` and
  \`E2E_CONTEXT\`.

Counts instead of seconds are guarded by \`bench/test/counts.test.ts\`, which runs with \`npm test\`: the modules and bytes
that each program loads, and the calls of functions that one more server takes, recorded in \`bench/counts.json\`.
\`npm run bench:accept\` records them anew.
`;

function picture(name: string, alternative: string): string {
  return (
    `<picture>\n<source media="(prefers-color-scheme: dark)" srcset="${name}-dark.svg">\n` +
    `<img alt="${alternative}" src="${name}-light.svg">\n</picture>`
  );
}

function tableOf(results: BenchResults, name: string): string {
  const group = results.groups.find((one) => one.name === name);
  return group === undefined ? 'Not measured.' : groupTable(group, results);
}

function groupTable({ title, skipped, contestants }: MeasuredGroup, results: BenchResults): string {
  if (skipped !== undefined) return `${title}: not measured: ${skipped}.`;
  const ours = find(results, 'render/warm')?.median;
  const rows = contestants.map((one) => {
    const relative = ours === undefined ? '' : times(one.median / ours);
    const memory = one.peakMemory === undefined ? '' : mebibytes(one.peakMemory);
    return `| ${one.title} | ${seconds(one.median)} (${seconds(one.min)} to ${seconds(one.max)}) | ${relative} | ${memory} |`;
  });
  return [`| ${title} | time | of render's | peak memory |`, '| --- | --: | --: | --: |', ...rows].join('\n');
}

/** Smaller parts are shown as one. */
const SMALLEST = 2;

function explained(results: BenchResults): string {
  const { parts = [], median = 0 } = find(results, 'render/warm') ?? {};
  const helm = find(results, 'helm/all')?.median;
  const large = parts.filter(({ milliseconds }) => milliseconds >= SMALLEST);
  const rest = parts.filter((part) => !large.includes(part));
  const shown = [
    ...large,
    {
      part: `${rest.length} smaller ones`,
      milliseconds: rest.reduce((sum, { milliseconds }) => sum + milliseconds, 0),
    },
  ];
  const rows = shown.map(
    ({ part, milliseconds }) =>
      `| ${part} | ${milliseconds.toFixed(0)} ms | ${((milliseconds / median) * 100).toFixed(0)} % |`,
  );
  const distance =
    helm === undefined ? '' : `Helm takes ${seconds(helm)} for all of it, ${seconds(median - helm)} less.`;
  return [
    `### Where render's ${seconds(median)} go`,
    distance,
    ['| part | time | share |', '| --- | --: | --: |', ...rows].join('\n'),
  ].join('\n\n');
}

function serversTable(results: BenchResults): string {
  const group = results.groups.find(({ name }) => name === 'servers');
  if (group === undefined) return 'Not measured.';
  const rows = group.contestants.map((one, index) => {
    const before = group.contestants[index - 1];
    const step = before === undefined ? undefined : perResource(results, before.id, one.id);
    const { servers = 0, resources = 0, objects = 0 } = one.counts ?? {};
    const numbers = [servers, resources, objects].map((number) => number.toLocaleString('en')).join(' | ');
    const memory = one.peakMemory === undefined ? '' : mebibytes(one.peakMemory);
    const cost =
      step === undefined
        ? ' | '
        : `${step.milliseconds.toFixed(2)} ms | ${step.bytes === undefined ? '' : `${(step.bytes / 1000).toFixed(1)} KB`}`;
    const spread = `${seconds(one.median)} (${seconds(one.min)} to ${seconds(one.max)})`;
    return `| ${numbers} | ${spread} | ${memory} | ${cost} |`;
  });
  return [
    '| servers | resources | objects | time | peak memory | a further resource: time | and memory |',
    '| --: | --: | --: | --: | --: | --: | --: |',
    ...rows,
  ].join('\n');
}
