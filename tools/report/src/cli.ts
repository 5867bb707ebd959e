import { ProblemsError } from '@mcp-stacks/problem';
import { ChainProblemsError } from '@mcp-stacks/render';
import { findWorkspaceRoot } from '@mcp-stacks/workspace';
import { Command } from 'commander';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import pc from 'picocolors';
import { changedProjects } from './comment/changed-projects.js';
import { pullRequestComment } from './comment/pull-request-comment.js';
import { readPreviews } from './comment/read-previews.js';
import { compareRenderings } from './compare/compare-renderings.js';
import { type Rendering } from './compare/rendering.js';
import { checkedOut } from './inputs/checked-out.js';
import { readBase } from './inputs/read-base.js';
import { RENDER_FOLDER, renderHead } from './inputs/render-head.js';
import { writePages } from './write-pages.js';

interface PageOptions {
  readonly env?: readonly string[];
  readonly base?: string;
}

interface CommentOptions {
  readonly base: string;
  readonly output: string;
  readonly env?: readonly string[];
  readonly previews?: string;
  readonly since?: string;
  readonly pageUrl?: string;
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
  .description(
    `writes ${RENDER_FOLDER}/<environment>/index.html, and ${RENDER_FOLDER}/index.html (default command)`,
  )
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

program
  .command('comment')
  .description('writes what a pull request would change, as a comment in GitHub’s Markdown')
  .requiredOption('--base <folder or revision>', 'compare with it: rendered manifests, or a git revision')
  .requiredOption('--output <file>', '- for standard output')
  .option('--env <names>', 'environments, separated by commas (default: all)', names)
  .option(
    '--previews <folder>',
    'what the engine says: <environment>/<stack>.json of npx engine preview --json',
  )
  .option(
    '--since <revision>',
    'name the projects that changed since (default: the base, where it is a revision)',
  )
  .option('--page-url <url>', 'where the pages are')
  .action(async ({ base: wanted, output, env, previews, since, pageUrl }: CommentOptions) => {
    const root = findWorkspaceRoot(process.cwd());
    const base = await readBase(root, wanted, onStep);
    const engine = previews === undefined ? [] : readPreviews(previews);
    const head = await renderHead(root, env);
    const commit = since ?? base.commit;
    const text = pullRequestComment({
      comparison: compareRenderings(only(base.rendering, env), head),
      head,
      commit: checkedOut(root),
      base: base.name,
      previews: engine,
      ...(commit !== undefined && { projects: await changedProjects(root, commit) }),
      ...(pageUrl !== undefined && { pageUrl }),
    });
    if (output === '-') process.stdout.write(text);
    else {
      mkdirSync(dirname(resolve(output)), { recursive: true });
      writeFileSync(output, text);
      console.log(output);
    }
  });

/** What of a base concerns these environments. */
function only({ environments }: Rendering, wanted: readonly string[] | undefined): Rendering {
  return { environments: environments.filter(({ name }) => wanted?.includes(name) ?? true) };
}

program.parseAsync().catch((error: unknown) => {
  const isForUser = error instanceof ProblemsError || error instanceof ChainProblemsError;
  console.error(isForUser ? error.message : error);
  process.exitCode = 1;
});
