// Adds up the counts that every Jest run wrote, and ends with the one line that CI reads.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folders = ['libs', 'stacks', 'tools'].flatMap((group) =>
  readdirSync(group).map((project) => join(group, project)),
);
const total = { passed: 0, failed: 0, skipped: 0 };
for (const folder of [...folders, 'bench', 'e2e']) {
  for (const file of filesIn(join(folder, 'test-output'))) {
    const run = JSON.parse(readFileSync(join(folder, 'test-output', file), 'utf8'));
    // A suite that did not even start counts as one failure.
    const crashed = run.testResults.filter(
      (suite) => suite.status === 'failed' && suite.assertionResults.length === 0,
    ).length;
    total.passed += run.numPassedTests;
    total.failed += run.numFailedTests + crashed;
    total.skipped += run.numPendingTests + run.numTodoTests;
  }
}
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
if (total.failed > 0 || total.passed === 0) process.exitCode = 1;

function filesIn(folder) {
  try {
    return readdirSync(folder).filter((file) => file.endsWith('.json'));
  } catch (error) {
    if (error.code === 'ENOENT') return [];
    throw error;
  }
}
