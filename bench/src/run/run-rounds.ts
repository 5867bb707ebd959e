import { type Bench, type Contestant, type Group, type OpenGroup } from '../contestant.js';
import { type Measured, type MeasuredGroup, median } from './measured.js';
import { peakMemory } from './peak-memory.js';
import { explainTime } from '../time/explain-time.js';
import { runProcess } from './run-process.js';

export interface Results {
  readonly groups: readonly MeasuredGroup[];
  readonly versions: Readonly<Record<string, string>>;
}

/**
 * Measures all contestants of all groups by turns: the first round of each, then the second of each. What else the
 * machine does meanwhile, and its temperature, then meet all of them alike.
 */
export async function runRounds(bench: Bench, groups: readonly Group[], rounds: number): Promise<Results> {
  const opened: { group: Group; open: OpenGroup }[] = [];
  const skipped = new Map<Group, string>();
  const versions: Record<string, string> = {};
  try {
    for (const group of groups) {
      bench.signal.throwIfAborted();
      bench.say(`make ready: ${group.name}`);
      const open = await group.open(bench);
      if ('skipped' in open) {
        bench.say(`skipped: ${group.name}: ${open.skipped}`);
        skipped.set(group, open.skipped);
      } else {
        opened.push({ group, open });
        Object.assign(versions, open.versions);
      }
    }
    const all = opened.flatMap(({ open }) => open.contestants);
    const times = new Map<Contestant, number[]>(all.map((contestant) => [contestant, []]));
    for (let round = 0; round <= rounds; round += 1) {
      for (const contestant of all) {
        bench.signal.throwIfAborted();
        const milliseconds = await runOnce(contestant, round);
        const name = round === 0 ? 'warm-up' : `round ${round}/${rounds}`;
        bench.say(`${name}  ${(milliseconds / 1000).toFixed(2).padStart(7)} s  ${contestant.title}`);
        if (round > 0) times.get(contestant)?.push(milliseconds);
      }
    }
    const measured = new Map<Group, Measured[]>();
    for (const { group, open } of opened) {
      for (const contestant of open.contestants) {
        bench.signal.throwIfAborted();
        bench.say(`memory: ${contestant.title}`);
        const one = await describe(contestant, times.get(contestant) ?? [], open, bench, rounds + 1);
        measured.set(group, [...(measured.get(group) ?? []), one]);
      }
    }
    return {
      versions,
      groups: groups.map((group) => {
        const reason = skipped.get(group);
        return {
          name: group.name,
          title: group.title,
          ...(reason !== undefined && { skipped: reason }),
          contestants: measured.get(group) ?? [],
        };
      }),
    };
  } finally {
    for (const { open } of opened.reverse()) await open.close?.();
  }
}

async function runOnce(contestant: Contestant, round: number): Promise<number> {
  await contestant.prepare?.(round);
  let milliseconds = 0;
  const outputs: string[] = [];
  for (const command of contestant.commands) {
    const ended = await runProcess(command);
    milliseconds += ended.milliseconds;
    outputs.push(ended.stdout);
  }
  contestant.check?.(outputs);
  return milliseconds;
}

async function describe(
  { id, title, chart, commands, prepare, isExplained = false }: Contestant,
  milliseconds: readonly number[],
  { counts }: OpenGroup,
  { root, temporary }: Bench,
  round: number,
): Promise<Measured> {
  await prepare?.(round);
  const peaks: number[] = [];
  for (const command of commands) {
    const peak = await peakMemory(command, temporary);
    if (peak !== undefined) peaks.push(peak);
  }
  const middle = median(milliseconds);
  const [command] = commands;
  const parts = isExplained && command ? await explainTime(command, temporary, middle) : undefined;
  const shown = (text: string) =>
    text
      .replaceAll(process.execPath, 'node')
      .replaceAll(temporary, '<temporary>')
      .replaceAll(root, '<workspace>');
  return {
    id,
    title,
    ...(chart !== undefined && { chart }),
    commands: commands.map(({ program, args }) => shown([program, ...args].join(' '))),
    milliseconds,
    median: middle,
    min: Math.min(...milliseconds),
    max: Math.max(...milliseconds),
    ...(peaks.length > 0 && { peakMemory: Math.max(...peaks) }),
    ...(counts?.[id] !== undefined && { counts: counts[id] }),
    ...(parts !== undefined && { parts }),
  };
}
