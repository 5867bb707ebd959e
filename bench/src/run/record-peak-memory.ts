/** Loaded with `--require` into a process: appends its peak resident memory, in bytes, to a file when it ends. */
import { appendFileSync } from 'node:fs';

const file = process.env.MCP_STACKS_BENCH_PEAK_FILE;
if (file !== undefined) {
  process.on('exit', () => {
    appendFileSync(file, `${process.resourceUsage().maxRSS * 1024}\n`);
  });
}
