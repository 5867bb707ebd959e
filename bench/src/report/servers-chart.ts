import { type BenchResults } from './bench-results.js';
import { type Palette } from './palette.js';
import { line, round, svgDocument, text, ticks } from './svg.js';

const WIDTH = 860;
const HEIGHT = 320;
const LEFT = 60;
const RIGHT = 130;
const TOP = 34;
const BOTTOM = 44;
/** What a resource may cost over the base, in seconds: the goal. */
const GOAL = 0.001;

/** Time by the number of resources, with the line that the goal draws. */
export function serversChart({ groups }: Pick<BenchResults, 'groups'>, palette: Palette): string | undefined {
  const points = (groups.find(({ name }) => name === 'servers')?.contestants ?? []).map(
    ({ median, counts }) => ({ resources: counts?.resources ?? 0, time: median / 1000 }),
  );
  const [first] = points;
  const last = points.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const goal = first.time + (last.resources - first.resources) * GOAL;
  const maxTime = Math.max(goal, ...points.map(({ time }) => time)) * 1.05;
  const x = (resources: number) => LEFT + (resources / last.resources) * (WIDTH - LEFT - RIGHT);
  const y = (time: number) => HEIGHT - BOTTOM - (time / maxTime) * (HEIGHT - TOP - BOTTOM);
  const path = points.map(({ resources, time }) => `${round(x(resources))},${round(y(time))}`).join(' ');
  return svgDocument(WIDTH, HEIGHT, 'Time of render by the number of resources in one stack', [
    text(LEFT, 18, 'render: time by the number of resources in one stack', palette.muted),
    ...ticks(maxTime, 5).flatMap((tick) => [
      line(LEFT, y(tick), WIDTH - RIGHT, y(tick), palette.grid),
      text(LEFT - 8, y(tick) + 4, `${round(tick)} s`, palette.muted, 'end'),
    ]),
    ...ticks(last.resources, 5).map((tick) =>
      text(x(tick), HEIGHT - BOTTOM + 20, tick.toLocaleString('en'), palette.muted, 'middle'),
    ),
    line(x(first.resources), y(first.time), x(last.resources), y(goal), palette.muted, '5 4'),
    text(WIDTH - RIGHT + 8, y(goal) + 4, '1 ms a resource', palette.muted),
    `<polyline points="${path}" fill="none" stroke="${palette.ours}" stroke-width="2"/>`,
    ...points.map(
      ({ resources, time }) =>
        `<circle cx="${round(x(resources))}" cy="${round(y(time))}" r="4" fill="${palette.ours}"/>`,
    ),
    text(WIDTH - RIGHT + 8, y(last.time) + 4, 'measured', palette.text),
  ]);
}
