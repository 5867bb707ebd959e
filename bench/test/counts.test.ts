import { findWorkspaceRoot } from '@mcp-stacks/workspace';
import { measureCalls } from '../src/calls/measure-calls.js';
import { growthReport } from '../src/loaded/growth-report.js';
import { measureLoaded } from '../src/loaded/measure-loaded.js';
import { summaryOf } from '../src/loaded/summary.js';
import { readCounts } from '../src/recorded-counts.js';

const root = findWorkspaceRoot(__dirname);

test('programs load what is recorded', async () => {
  const loaded = await measureLoaded(root);
  const report = growthReport(readCounts(root).loaded, summaryOf(loaded, root), loaded, root);
  if (report !== undefined) throw withoutTrace(report);
});

test('a server costs the same however many there are, and no more than is recorded', async () => {
  const { callsOfAServer, superlinear } = await measureCalls(root);
  expect(superlinear).toEqual([]);

  const recorded = readCounts(root).callsOfAServer;
  const change = callsOfAServer / recorded - 1;
  if (change > 0.05 || change < -0.1) {
    throw withoutTrace(
      `render calls ${callsOfAServer} functions for each server, and bench/counts.json records ${recorded}.\n` +
        `Record it, if ${change > 0 ? 'it must be' : 'it is to stay so'}: npm run bench:accept`,
    );
  }
});

/** What is wrong stands in the counts, not where the test noticed. */
function withoutTrace(message: string): Error {
  const error = new Error(message);
  error.stack = message;
  return error;
}
