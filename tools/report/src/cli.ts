import { ProblemsError } from '@mcp-stacks/problem';
import { ChainProblemsError } from '@mcp-stacks/render';
import { findWorkspaceRoot } from '@mcp-stacks/workspace';
import { Command } from 'commander';
import { join, relative } from 'node:path';
import pc from 'picocolors';
import { checkedOut } from './inputs/checked-out.js';
import { readBase } from './inputs/read-base.js';
import { RENDER_FOLDER, renderHead } from './inputs/render-head.js';
import { writePages } from './write-pages.js';

interface PageOptions {
  readonly env?: readonly string[];
  readonly base?: string;
}

const names = (list: string, former: readonly string[] = []): readonly string[] => [
  ...former,
  ...list.split(',').filter((name) => name !== ''),
];
const onStep = (step: string) => {
  console.error(pc.dim(`base: ${step} …`));
};

const program = new Command('report')
  .description(
    'What the stacks would deploy, as a page for each environment, or as a comment on a pull request.',
  )
  .showHelpAfterError();

program
  .command('page', { isDefault: true })
  .description(`writes ${RENDER_FOLDER}/<environment>/index.html (default command)`)
  .option('--env <names>', 'environments, separated by commas (default: all)', names)
  .option(
    '--base <folder or revision>',
    'also show the difference to it: rendered manifests, or a git revision',
  )
  .action(async ({ env, base: wanted }: PageOptions) => {
    const root = findWorkspaceRoot(process.cwd());
    // Before the render: it may be the very folder that the render writes to.
    const base = wanted === undefined ? undefined : await readBase(root, wanted, onStep);
    const head = await renderHead(root, env);
    const files = writePages({
      folder: join(root, RENDER_FOLDER),
      head,
      commit: checkedOut(root),
      ...(base !== undefined && { base }),
    });
    for (const file of files) console.log(relative(process.cwd(), file));
  });

program.parseAsync().catch((error: unknown) => {
  const isForUser = error instanceof ProblemsError || error instanceof ChainProblemsError;
  console.error(isForUser ? error.message : error);
  process.exitCode = 1;
});
