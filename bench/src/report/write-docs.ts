import { type BenchResults } from './bench-results.js';

export function writeDocs(_root: string, _results: BenchResults): Promise<readonly string[]> {
  return Promise.resolve([]);
}
