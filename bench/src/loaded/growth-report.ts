import { type LoadedModule } from './loaded-module.js';
import { type Amount, importChain, type Loaded, type LoadedSummary } from './summary.js';

/** What may change before somebody has to look: ordinary work on the code is below it. */
const GROWTH = { share: 0.02, modules: 3, bytes: 16 * 1024 };
/** What may shrink before the recorded numbers are too loose to guard anything. */
const SHRINKAGE = { share: 0.05, modules: 8, bytes: 64 * 1024 };
/** The most packages that a report names. */
const SHOWN = 12;

const ACCEPT = 'npm run bench:accept';

/**
 * What is to be said of numbers that differ from the recorded ones; `undefined` where they hold.
 *
 * @param modules What was loaded by each scenario, for the import chains.
 */
export function growthReport(
  recorded: LoadedSummary,
  measured: LoadedSummary,
  modules: ReadonlyMap<string, readonly LoadedModule[]>,
  root: string,
): string | undefined {
  const grown: string[] = [];
  const shrunk: string[] = [];
  for (const [scenario, now] of Object.entries(measured)) {
    const before = recorded[scenario] ?? { modules: 0, bytes: 0, packages: {} };
    // A package that comes in brings more with its next versions, so that it is named however small it is.
    const hasNew = Object.keys(now.packages).some((name) => before.packages[name] === undefined);
    if (hasNew || exceeds(now, before, GROWTH)) {
      grown.push(describeChange(scenario, before, now, modules.get(scenario) ?? [], root));
    } else if (exceeds(before, now, SHRINKAGE)) {
      shrunk.push(`  ${scenario}: ${amount(before)} → ${amount(now)}`);
    }
  }
  const gone = Object.keys(recorded).filter((scenario) => measured[scenario] === undefined);
  if (grown.length === 0 && shrunk.length === 0 && gone.length === 0) return undefined;
  return [
    ...(grown.length === 0
      ? []
      : [
          'Programs load more than bench/counts.json records, and everybody waits for it:',
          ...grown,
          `Load it only where it is used (a dynamic import), or take something smaller. If it must be: ${ACCEPT}`,
        ]),
    ...(shrunk.length === 0
      ? []
      : ['Programs load notably less than recorded. Keep it so:', ...shrunk, `Record it: ${ACCEPT}`]),
    ...(gone.length === 0 ? [] : [`No longer measured: ${gone.join(', ')}. Record it: ${ACCEPT}`]),
  ].join('\n\n');
}

function exceeds(one: Amount, other: Amount, by: typeof GROWTH): boolean {
  return (['modules', 'bytes'] as const).some(
    (unit) => one[unit] - other[unit] > Math.max(by[unit], other[unit] * by.share),
  );
}

function describeChange(
  scenario: string,
  before: Loaded,
  now: Loaded,
  modules: readonly LoadedModule[],
  root: string,
): string {
  const none: Amount = { modules: 0, bytes: 0 };
  const changes = Object.entries(now.packages)
    .map(([name, amounts]) => {
      const former = before.packages[name] ?? none;
      return {
        name,
        isNew: former === none,
        modules: amounts.modules - former.modules,
        bytes: amounts.bytes - former.bytes,
      };
    })
    .filter(({ modules, bytes }) => modules > 0 || bytes > 0)
    .sort((one, other) => other.bytes - one.bytes);
  const lines = changes
    .slice(0, SHOWN)
    .flatMap(({ name, isNew, modules: count, bytes }) => [
      `    ${isNew ? 'new ' : 'more'} ${name}: +${count} ${noun(count)}, +${kilobytes(bytes)}`,
      ...(isNew ? [`         ${importChain(modules, name, root).join('\n           → ')}`] : []),
    ]);
  if (changes.length > SHOWN) lines.push(`    and ${changes.length - SHOWN} more packages`);
  return [`  ${scenario}: ${amount(before)} → ${amount(now)}`, ...lines].join('\n');
}

function amount({ modules, bytes }: Amount): string {
  return `${modules} ${noun(modules)}, ${kilobytes(bytes)}`;
}

function noun(modules: number): string {
  return modules === 1 ? 'module' : 'modules';
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(0)} KB`;
}
