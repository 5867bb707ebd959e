import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type GroupName } from './contestant.js';
import { GROUPS } from './groups.js';
import { machine, measuredCommit } from './machine.js';
import { installedVersions } from './installed-versions.js';
import { type BenchResults } from './report/bench-results.js';
import { resultsText } from './report/results-text.js';
import { writeDocs } from './report/write-docs.js';
import { runRounds } from './run/run-rounds.js';

export interface BenchOptions {
  /** The workspace, absolute. */
  readonly root: string;
  readonly groups: readonly GroupName[];
  readonly rounds: number;
  /** Whether `docs/benchmarks.md` and its chart are written. */
  readonly writesDocs: boolean;
}

/**
 * Measures, writes `dist/bench/results.json`, and prints what came of it. Interrupted, it removes what it made and ends
 * with the code 130.
 */
export async function runBench({ root, groups, rounds, writesDocs }: BenchOptions): Promise<void> {
  const temporary = realpathSync(mkdtempSync(join(tmpdir(), 'mcp-stacks-bench-')));
  const cache = join(homedir(), '.cache', 'mcp-stacks-bench');
  mkdirSync(cache, { recursive: true });
  const say = (text: string): void => {
    process.stderr.write(`${text}\n`);
  };
  const interruption = new AbortController();
  const interrupt = (): void => {
    interruption.abort(new Error('interrupted'));
  };
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  const start = {
    machine: machine(),
    commit: measuredCommit(root),
    date: new Date().toISOString().slice(0, 10),
  };
  try {
    const measured = await runRounds(
      { root, temporary, cache, signal: interruption.signal, say },
      GROUPS.filter(({ name }) => groups.includes(name)),
      rounds,
    );
    const results: BenchResults = {
      ...start,
      rounds,
      versions: { ...installedVersions(root), ...measured.versions },
      groups: measured.groups,
    };
    mkdirSync(join(root, 'dist', 'bench'), { recursive: true });
    writeFileSync(join(root, 'dist', 'bench', 'results.json'), JSON.stringify(results, undefined, 2));
    process.stdout.write(resultsText(results));
    if (writesDocs) say(`written: ${await writeDocs(root, results)}`);
  } catch (error) {
    if (!interruption.signal.aborted) throw error;
    say('interrupted: no results were written');
    process.exitCode = 130;
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
    rmSync(temporary, { recursive: true, force: true });
  }
}
