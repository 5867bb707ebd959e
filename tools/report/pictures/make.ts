/**
 * Makes the pictures in `docs/pictures`: the page on a desktop and on a phone, and the comment as GitHub shows it, all of
 * the real stacks and one sample change. What only this needs is installed for it alone.
 */
// By name: compiled into another folder, it finds no ../src.
// eslint-disable-next-line @nx/enforce-module-boundaries
import { compareRenderings, pullRequestComment, writePages } from '@mcp-stacks/report';
import { findWorkspaceRoot } from '@mcp-stacks/workspace';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { BROWSER_FLAGS, findBrowser } from '../test/support/find-browser.js';
import { commentPage } from './comment-page.js';
import { sampleChange } from './sample-change.js';

/** Mermaid is what draws GitHub's flowcharts; with all that it brings it is larger than this workspace's other tools. */
const PACKAGES = ['marked@18.2.1', 'mermaid@12.3.0'];

async function makePictures(root: string): Promise<void> {
  const executablePath = findBrowser(process.env);
  if (executablePath === undefined)
    throw new Error('no chromium on PATH: install one, or name it in CHROME_PATH');
  const packages = join(root, 'node_modules/.cache/mcp-stacks-pictures');
  if (!existsSync(join(packages, 'node_modules/mermaid'))) {
    mkdirSync(packages, { recursive: true });
    execFileSync(
      'npm',
      ['install', '--prefix', packages, '--ignore-scripts', '--no-audit', '--no-fund', ...PACKAGES],
      {
        stdio: 'inherit',
      },
    );
  }
  const { marked } = (await import(
    pathToFileURL(join(packages, 'node_modules/marked/lib/marked.esm.js')).href
  )) as { readonly marked: { readonly parse: (markdown: string) => string } };

  const { base, head } = await sampleChange(root);
  const about = { head, commit: '5f1c2e9a07' };
  const folder = mkdtempSync(join(tmpdir(), 'report-pictures-'));
  const pictures = join(root, 'docs/pictures');
  mkdirSync(pictures, { recursive: true });
  const browser = await chromium.launch({ executablePath, args: BROWSER_FLAGS });
  try {
    const [page = ''] = writePages({
      folder,
      ...about,
      base: { name: 'main (6948bf4eda)', rendering: base },
    });
    const comment = join(folder, 'comment.html');
    const markdown = pullRequestComment({
      comparison: compareRenderings(base, head),
      ...about,
      base: 'main (6948bf4eda)',
      projects: ['github-mcp', 'namespace-rbac', 'pulumi-mcp'].map((name) => ({
        name,
        usedBy: new Set(name === 'namespace-rbac' ? ['namespace-rbac', 'github-mcp', 'pulumi-mcp'] : [name]),
      })),
      pageUrl: 'https://github.com',
    });
    writeFileSync(
      comment,
      commentPage(markdown, (text) => marked.parse(text)),
    );

    for (const [name, options, height] of [
      ['report-desktop', { viewport: { width: 1280, height: 1400 } }, 1400],
      ['report-phone', { viewport: { width: 390, height: 1400 }, colorScheme: 'dark' as const }, 1400],
    ] as const) {
      const view = await browser.newPage(options);
      await view.goto(pathToFileURL(page).href);
      await view.screenshot({
        path: join(pictures, `${name}.png`),
        clip: { x: 0, y: 0, width: options.viewport.width, height },
      });
      await view.close();
    }
    const view = await browser.newPage({ viewport: { width: 960, height: 1000 } });
    await view.goto(pathToFileURL(comment).href);
    await view.addScriptTag({ path: join(packages, 'node_modules/mermaid/dist/mermaid.min.js') });
    await view.evaluate("mermaid.initialize({ theme: 'default' }); mermaid.run()");
    // One is unfolded, to show what is inside.
    await view.evaluate("[...document.querySelectorAll('details')].at(-3).open = true");
    await view.locator('.comment').screenshot({ path: join(pictures, 'pull-request-comment.png') });
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
}

makePictures(findWorkspaceRoot(process.cwd())).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
