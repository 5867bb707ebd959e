import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, type Contestant, type Group } from '../contestant.js';
import { objectsOf, renderedObjects } from '../objects/reference-objects.js';
import { requireSameObjects } from '../objects/require-same-objects.js';
import { referenceObjects } from '../reference.js';
import { runProcess } from '../run/run-process.js';
import { openNxWorkspace } from './nx-workspace.js';

const STACK = 'stacks/github-mcp/src/index.ts';
const LIBRARY = 'libs/k8s-app/src/index.ts';
/** What the Nx plugin runs on: without it there is no graph. */
const PLUGIN = ['libs/problem', 'tools/workspace', 'tools/nx-pulumi'];

/** What a change costs through Nx: build and render, in a clone of this workspace. */
export const affected: Group = {
  name: 'affected',
  title: 'nx affected: build and render what a change touches',
  open: async (bench) => {
    const reference = await referenceObjects(bench);
    const { folder, nx, renders } = await openNxWorkspace(bench, 'affected');
    const sources = new Map([STACK, LIBRARY].map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
    const setFiles = (changed: ReadonlyMap<string, string> = new Map()): void => {
      for (const [file, text] of sources) {
        const wanted = changed.get(file) ?? text;
        if (readFileSync(join(folder, file), 'utf8') !== wanted) writeFileSync(join(folder, file), wanted);
      }
    };
    let runs = 0;
    /** A change that nobody has made before and that reaches the compiled program. */
    const change = (file: string): void => {
      runs += 1;
      setFiles(new Map([[file, `${sources.get(file) ?? ''}\nvoid 'change ${runs}';\n`]]));
    };
    const check = (): void => {
      requireSameObjects('render through Nx', objectsOf(reference), objectsOf(renderedObjects(folder)));
    };
    const emptyCache = join(bench.temporary, 'affected-empty-cache');
    const runMany = ['run-many', '--targets', ...renders];
    const runAffected = ['affected', '--base=HEAD', '--targets', ...renders];
    await runProcess(nx(runMany));

    const contestant = (id: string, title: string, command: Command, file?: string): Contestant => ({
      id,
      title,
      commands: [command],
      prepare: () => {
        if (file === undefined) setFiles();
        else change(file);
      },
      check,
    });
    return {
      contestants: [
        {
          id: 'everything',
          title: 'everything, nothing built and nothing cached',
          commands: [nx(runMany, { cache: emptyCache })],
          prepare: () => {
            setFiles();
            rmSync(emptyCache, { recursive: true, force: true });
            rmSync(join(folder, 'dist'), { recursive: true, force: true });
            for (const project of builtProjects(folder)) {
              if (!PLUGIN.includes(project)) rmSync(join(folder, project, 'dist'), { recursive: true });
            }
          },
          check,
        },
        contestant('untouched', 'an untouched tree', nx(runAffected)),
        contestant('one-stack', 'one changed stack', nx(runAffected), STACK),
        contestant('one-library', 'one changed library, under all stacks', nx(runAffected), LIBRARY),
        contestant(
          'untouched-daemon',
          'an untouched tree, with the daemon',
          nx(runAffected, { daemon: true }),
        ),
        contestant(
          'one-stack-daemon',
          'one changed stack, with the daemon',
          nx(runAffected, { daemon: true }),
          STACK,
        ),
      ],
      close: async () => {
        await runProcess(nx(['daemon', '--stop'], { daemon: true }));
      },
    };
  },
};

function builtProjects(folder: string): readonly string[] {
  return ['libs', 'stacks', 'tools'].flatMap((group) =>
    readdirSync(join(folder, group))
      .filter((name) => readdirSync(join(folder, group, name)).includes('dist'))
      .map((name) => `${group}/${name}`),
  );
}
