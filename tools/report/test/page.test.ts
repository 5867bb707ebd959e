import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { writePages } from '../src/write-pages.js';
import { BROWSER_FLAGS, findBrowser } from './support/find-browser.js';
import { HOSTILE, SAMPLE, SECRET_VALUE } from './support/sample.js';

const executablePath = findBrowser(process.env);
const describeInBrowser = executablePath === undefined ? describe.skip : describe;
if (executablePath === undefined) {
  console.warn('the page in a browser: skipped, no chromium on PATH and no CHROME_PATH');
}

const DESKTOP = { viewport: { width: 1280, height: 800 } };
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true };

describeInBrowser('the page', () => {
  const folder = mkdtempSync(join(tmpdir(), 'report-'));
  const [file = ''] = writePages({
    folder,
    head: SAMPLE.head,
    commit: '0b1c2d3e4f',
    base: { name: 'main (1a2b3c4d5e)', rendering: SAMPLE.base },
  });
  const url = pathToFileURL(file).href;
  let browser: Browser;
  /** What the browser complained of, and what the page asked for beside itself. */
  const complaints: string[] = [];

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: executablePath ?? '', args: BROWSER_FLAGS });
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });
  afterEach(() => {
    expect(complaints.splice(0)).toEqual([]);
  });

  async function opened(options: BrowserContextOptions = DESKTOP): Promise<Page> {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('dialog', (dialog) => complaints.push(dialog.message()));
    page.on('request', (request) => {
      if (request.url() !== url) complaints.push(request.url());
    });
    await page.goto(url);
    return page;
  }
  const visible = (page: Page, selector: string) =>
    page.locator(selector).filter({ visible: true }).allInnerTexts();

  test.each([
    ['desktop', DESKTOP],
    ['desktop, dark', { ...DESKTOP, colorScheme: 'dark' as const }],
    ['phone', PHONE],
  ])('%s: nothing sticks out, and axe finds nothing', async (_name, options) => {
    const page = await opened(options);
    await page.click('#unfold');
    const widths = await page.evaluate('[document.documentElement.scrollWidth, innerWidth]');
    expect(widths).toEqual([options.viewport.width, options.viewport.width]);
    // By the debugger, which the page's policy does not concern.
    await page.evaluate(axeSource());
    const found = await page.evaluate<
      {
        readonly id: string;
        readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary: string }[];
      }[]
    >('axe.run().then(({ violations }) => violations)');
    expect(
      found.map(({ id, nodes }) => [
        id,
        ...nodes.map(({ target, failureSummary }) => [target, failureSummary]),
      ]),
    ).toEqual([]);
  });

  test('the difference stands side by side on a desktop and below each other on a phone', async () => {
    for (const [options, lines] of [
      [DESKTOP, { twins: true, sideBySide: true }],
      [PHONE, { twins: false, sideBySide: false }],
    ] as const) {
      const page = await opened(options);
      const removed = page.locator('.side.removed', { hasText: 'replicas: 1' });
      const added = page.locator('.side.added', { hasText: 'replicas: 2' });
      const [left, right] = [await removed.boundingBox(), await added.boundingBox()];
      expect({
        twins: (await visible(page, '.twin')).length > 0,
        sideBySide: left?.y === right?.y && (left?.x ?? 0) < (right?.x ?? 0),
      }).toEqual(lines);
      expect(await added.locator('mark').allInnerTexts()).toEqual(['2']);
    }
  });

  test('by keyboard alone: skip, search from anywhere, open an object', async () => {
    const page = await opened();
    await page.keyboard.press('Tab');
    expect(await visible(page, ':focus')).toEqual(['Skip to the report']);
    const outline = await page.evaluate('getComputedStyle(document.activeElement).outlineStyle');
    expect(outline).toBe('solid');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('main');
    await page.keyboard.press('/');
    await page.keyboard.type('configmap still');
    expect(await page.innerText('#found')).toBe('1 of 14');
    expect(await visible(page, '.stack h2')).toEqual([expect.stringMatching(/^still/)]);
    // Past the button, and the picture that can be scrolled.
    const summary = page.locator('#stack-still summary');
    for (let presses = 0; presses < 20 && !(await isFocused(page, '#stack-still summary')); presses += 1) {
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Enter');
    expect(await summary.locator('xpath=..').getAttribute('open')).toBe('');
    await page.keyboard.press('/');
    await page.keyboard.press('Escape');
    expect(await page.innerText('#found')).toBe('');
    expect(await visible(page, '.stack h2')).toHaveLength(3);
    await page.fill('#search', 'no such thing');
    expect(await visible(page, '#nothing')).toEqual(['Nothing here matches.']);
  });

  test('what a manifest says is text, and what a Secret holds is nowhere', async () => {
    const page = await opened();
    expect(await page.locator('img').count()).toBe(0);
    await page.click('#unfold');
    expect(await page.locator('#stack-github pre', { hasText: HOSTILE }).count()).toBe(1);
    expect(await page.locator('.warnings li', { hasText: HOSTILE }).count()).toBeGreaterThan(0);
    expect(await page.content()).not.toContain(SECRET_VALUE);
    expect(await page.locator('#stack-github .facts', { hasText: 'tools/credentials: token' }).count()).toBe(
      1,
    );
  });

  test('without scripts all can be read, and what cannot work is not there', async () => {
    const page = await opened({ ...DESKTOP, javaScriptEnabled: false });
    expect(await visible(page, '.tools')).toEqual([]);
    await page.click('#stack-still summary');
    expect(await visible(page, '#stack-still pre')).toEqual([expect.stringContaining('kind: ConfigMap')]);
  });
});

async function isFocused(page: Page, selector: string): Promise<boolean> {
  return await page.evaluate<boolean>(`document.activeElement.matches(${JSON.stringify(selector)})`);
}

function axeSource(): string {
  // It is the whole of axe-core as text.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return (require('axe-core') as { readonly source: string }).source;
}
