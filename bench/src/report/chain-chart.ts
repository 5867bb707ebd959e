import { type Measured } from '../run/measured.js';
import { type BenchResults } from './bench-results.js';
import { seconds } from './format.js';
import { type Palette } from './palette.js';
import { bar, line, round, svgDocument, text, ticks } from './svg.js';

const WIDTH = 860;
const LABELS = 385;
const RIGHT = 70;
const TOP = 34;
const ROW = 26;

/** The whole chain in all environments: a bar to the median of each contestant, a line from its least to its most. */
export function chainChart({ groups }: Pick<BenchResults, 'groups'>, palette: Palette): string {
  const rows = groups
    .flatMap(({ contestants }) => contestants)
    .filter(({ chart }) => chart !== undefined)
    .sort((one, other) => one.median - other.median);
  const height = TOP + rows.length * ROW + 30;
  const max = Math.max(...rows.map((row) => row.max)) / 1000;
  const scale = (WIDTH - LABELS - RIGHT) / max;
  const bottom = TOP + rows.length * ROW;
  const axis = ticks(max, 6).flatMap((tick) => [
    line(LABELS + tick * scale, TOP - 4, LABELS + tick * scale, bottom, palette.grid),
    text(LABELS + tick * scale, bottom + 18, `${round(tick)} s`, palette.muted, 'middle'),
  ]);
  return svgDocument(WIDTH, height, 'Time for the whole chain, in seconds; less is better', [
    text(LABELS, 18, 'Whole processes, medians, least to most; less is better', palette.muted),
    ...axis,
    ...rows.flatMap((row, index) => rowOf(row, TOP + index * ROW, scale, palette)),
  ]);
}

function rowOf(row: Measured, top: number, scale: number, palette: Palette): readonly string[] {
  const middle = top + ROW / 2;
  const x = (milliseconds: number) => LABELS + (milliseconds / 1000) * scale;
  const isOurs = row.chart === 'ours';
  return [
    text(LABELS - 10, middle + 4, row.title, isOurs ? palette.text : palette.muted, 'end'),
    bar(LABELS, top + 5, Math.max(1, x(row.median) - LABELS), ROW - 10, palette[row.chart ?? 'other']),
    line(x(row.min), middle, x(row.max), middle, palette.text),
    text(x(row.max) + 8, middle + 4, seconds(row.median), palette.text),
  ];
}
