import { copyStacks } from '@mcp-stacks/workspace/copy-stacks';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type Contestant, type Group } from '../contestant.js';
import { objectsOf, renderedObjects } from '../objects/reference-objects.js';
import { requireSameObjects } from '../objects/require-same-objects.js';
import { RENDER, referenceObjects } from '../reference.js';
import { writeFiles } from '../write-files.js';

/** What `pulumi new kubernetes-typescript` writes (github.com/pulumi/templates), without the list of files. */
const TSCONFIG = {
  compilerOptions: {
    strict: true,
    // One file for all stacks here, where each has its own beside its program.
    rootDir: '.',
    outDir: 'bin',
    // es2020 in the template; the programs use what came later.
    target: 'es2023',
    module: 'nodenext',
    moduleResolution: 'nodenext',
    sourceMap: true,
    experimentalDecorators: true,
    pretty: true,
    noFallthroughCasesInSwitch: true,
    noImplicitReturns: true,
    forceConsistentCasingInFileNames: true,
    esModuleInterop: true,
    types: ['node'],
  },
};

/**
 * The same chain and the same renderer, but the stacks' programs as most Pulumi users have theirs: TypeScript sources
 * that Pulumi's Node host loads through ts-node. One process for all stacks and environments, where the engine would
 * start one for each. ts-node keeps what it compiled, and does not check the types of an unchanged file again.
 */
export const pulumiTypescript: Group = {
  name: 'pulumi-typescript',
  title: "Pulumi's default TypeScript loading",
  open: async (bench) => {
    const reference = await referenceObjects(bench);
    const folder = join(bench.temporary, 'pulumi-typescript');
    const stacks = copyStacks(bench.root, folder, { linkPackages: true });
    writeFiles(folder, [['tsconfig.json', JSON.stringify(TSCONFIG)]]);
    for (const stack of stacks) {
      const source = join(stack.folder, 'src');
      for (const file of readdirSync(source, { recursive: true, encoding: 'utf8' })) {
        if (!file.endsWith('.ts')) continue;
        // The ts-node inside Pulumi's SDK looks for a file of exactly the name that is imported.
        const text = readFileSync(join(source, file), 'utf8').replace(/(from '\.{1,2}\/[^']*)\.js'/g, "$1'");
        writeFiles(join(folder, stack.path, 'src'), [[file, text]]);
      }
      // Our workspace wants a program in JavaScript.
      const program = relative(stack.folder, stack.main);
      writeFiles(join(folder, stack.path), [[program, "module.exports = require('../src/index.ts');\n"]]);
    }
    const edited = join(folder, 'stacks', 'github-mcp', 'src', 'index.ts');
    const unedited = readFileSync(edited, 'utf8');
    /** @param cache A new folder for each run, or one that is kept. */
    const contestant = (
      id: string,
      title: string,
      cache: (round: number) => string,
      { transpileOnly, edit }: { readonly transpileOnly?: string; readonly edit?: true } = {},
    ): Contestant => {
      let current = 0;
      return {
        id,
        title,
        prepare: (round) => {
          current = round;
          writeFileSync(edited, edit === true ? `${unedited}// ${round}\n` : unedited);
        },
        commands: [
          {
            program: process.execPath,
            args: ['--require', join(__dirname, 'register-ts-node.js'), join(bench.root, RENDER)],
            cwd: folder,
            get env() {
              return {
                // Pulumi's Node host has no compile cache.
                NODE_DISABLE_COMPILE_CACHE: '1',
                PULUMI_NODEJS_TRANSPILE_ONLY: transpileOnly,
                TS_NODE_CACHE_DIRECTORY: join(bench.temporary, 'ts-node', cache(current)),
              };
            },
          },
        ],
        check: () => {
          requireSameObjects(title, objectsOf(reference), objectsOf(renderedObjects(folder)));
        },
        chart: 'other',
      };
    };
    return {
      contestants: [
        contestant('first', "Pulumi's TypeScript loading, first run", (round) => `first-${round}`),
        contestant('edited', "Pulumi's TypeScript loading, one file edited", () => 'edited', { edit: true }),
        contestant('again', "Pulumi's TypeScript loading, nothing edited", () => 'again'),
        contestant(
          'transpile-only',
          "Pulumi's TypeScript loading without type check, first run",
          (round) => `transpile-${round}`,
          { transpileOnly: 'true' },
        ),
      ],
    };
  },
};
