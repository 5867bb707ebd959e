import { growthReport } from '../src/loaded/growth-report.js';
import type { LoadedModule } from '../src/loaded/loaded-module.js';
import { type LoadedSummary, summaryOf } from '../src/loaded/summary.js';

const ROOT = '/workspace';

function modules(files: Readonly<Record<string, number>>, parents: Readonly<Record<string, string>> = {}) {
  return Object.entries(files).map(([file, bytes]): LoadedModule => {
    const parent = parents[file];
    return { file: `${ROOT}/${file}`, bytes, ...(parent !== undefined && { parent: `${ROOT}/${parent}` }) };
  });
}

const BASE = { 'tools/render/dist/cli.js': 10_000, 'node_modules/yaml/dist/index.js': 300_000 };
const recorded: LoadedSummary = summaryOf(new Map([['render', modules(BASE)]]), ROOT);

function report(files: Readonly<Record<string, number>>, parents: Readonly<Record<string, string>> = {}) {
  const loaded = new Map([['render', modules(files, parents)]]);
  return growthReport(recorded, summaryOf(loaded, ROOT), loaded, ROOT);
}

test('ordinary changes pass', () => {
  expect(report({ ...BASE, 'tools/render/dist/cli.js': 20_000 })).toBeUndefined();
  expect(report({ ...BASE, 'tools/render/dist/one-more.js': 1_000 })).toBeUndefined();
});

test('a package that came in is named with the way it came', () => {
  const parents = {
    'tools/render/dist/report.js': 'tools/render/dist/cli.js',
    'node_modules/@scope/table/index.js': 'tools/render/dist/report.js',
    'node_modules/@scope/table/node_modules/deep/a.js': 'node_modules/@scope/table/index.js',
  };
  const files = { ...BASE, ...Object.fromEntries(Object.keys(parents).map((file) => [file, 50_000])) };
  expect(report(files, parents)).toMatchSnapshot();
});

test('many small modules are growth, too', () => {
  const small = Array.from({ length: 4 }, (_, index) => [`node_modules/yaml/dist/${index}.js`, 10]);
  expect(report({ ...BASE, ...(Object.fromEntries(small) as Record<string, number>) })).toContain(
    'more yaml: +4 modules',
  );
});

test('what shrank is to be recorded', () => {
  expect(report({ 'tools/render/dist/cli.js': 10_000 })).toMatchSnapshot();
});

test('a new package is named however small it is', () => {
  expect(report({ ...BASE, 'node_modules/tiny/index.js': 10 })).toContain('new  tiny: +1 module, +0 KB');
});
