import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeFiles } from '../write-files.js';
import { writeFormatted } from '../write-formatted.js';
import { type BenchResults } from './bench-results.js';
import { chainChart } from './chain-chart.js';
import { docsPage } from './docs-page.js';
import { PALETTES } from './palette.js';
import { serversChart } from './servers-chart.js';

/** Writes `docs/benchmarks.md` and its charts. @returns the page, relative to the workspace */
export async function writeDocs(root: string, results: BenchResults): Promise<string> {
  const docs = join(root, 'docs');
  let hasServers = false;
  for (const [name, palette] of Object.entries(PALETTES)) {
    const servers = serversChart(results, palette);
    writeFiles(docs, [[`benchmarks-chain-${name}.svg`, chainChart(results, palette)]]);
    const file = `benchmarks-servers-${name}.svg`;
    if (servers === undefined) rmSync(join(docs, file), { force: true });
    else writeFiles(docs, [[file, servers]]);
    hasServers = servers !== undefined;
  }
  const page = 'docs/benchmarks.md';
  await writeFormatted(join(root, page), docsPage(results, hasServers));
  return page;
}
