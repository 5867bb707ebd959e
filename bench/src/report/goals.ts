import { type BenchResults, find } from './bench-results.js';
import { times } from './format.js';
import { perResource } from './per-resource.js';

/** A goal of this project, and what was measured. */
export interface Goal {
  readonly what: string;
  /** Absent where the distance is only to be reported. */
  readonly limit?: string;
  /** Absent where one of the two was not measured. */
  readonly measured?: string;
  readonly isMet?: boolean;
}

/** All goals. */
export function goals(results: Pick<BenchResults, 'groups'>): readonly Goal[] {
  const ratio = (what: string, one: string, other: string, limit?: number): Goal => {
    const numerator = find(results, one)?.median;
    const denominator = find(results, other)?.median;
    return {
      what,
      ...(limit !== undefined && { limit: `≤ ${times(limit)}` }),
      ...(numerator !== undefined &&
        denominator !== undefined && {
          measured: times(numerator / denominator),
          ...(limit !== undefined && { isMet: numerator / denominator <= limit }),
        }),
    };
  };
  const slope = perResource(results, 'servers-0', 'servers-1000');
  const bend = [
    perResource(results, 'servers-10', 'servers-100'),
    perResource(results, 'servers-100', 'servers-1000'),
  ];
  const [first, second] = bend;
  return [
    ratio('render of the whole chain, against loading the two SDKs', 'render/warm', 'sdk/plain', 0.5),
    ...(
      [
        ['first', 'first run'],
        ['edited', 'one file edited'],
        ['again', 'nothing edited'],
      ] as const
    ).map(([id, when]) =>
      ratio(
        `render of the whole chain, against Pulumi's default TypeScript loading, ${when}`,
        'render/warm',
        `pulumi-typescript/${id}`,
        0.1,
      ),
    ),
    ratio('render of the whole chain, against cdk8s synth', 'render/warm', 'cdk8s/as-used', 0.3),
    ratio('render of the whole chain, against helm template', 'render/warm', 'helm/all'),
    {
      what: '1,000 servers: time for each resource over the base',
      limit: '≤ 1 ms',
      ...(slope !== undefined && {
        measured: `${slope.milliseconds.toFixed(2)} ms`,
        isMet: slope.milliseconds <= 1,
      }),
    },
    {
      what: '1,000 servers: memory for each resource over the base',
      limit: '≤ 20 KB',
      ...(slope?.bytes !== undefined && {
        measured: `${(slope.bytes / 1000).toFixed(1)} KB`,
        isMet: slope.bytes <= 20_000,
      }),
    },
    {
      what: 'A resource between 100 and 1,000 servers, against one between 10 and 100: 1 is linear',
      ...(first !== undefined &&
        second !== undefined && { measured: times(second.milliseconds / first.milliseconds) }),
    },
    ratio(
      "preview with no change, against an empty program's",
      'engine/preview',
      'engine/empty-preview',
      1.1,
    ),
    ratio("preview with no change, against one ConfigMap's", 'engine/preview', 'engine/least-preview'),
    ratio("up with no change, against an empty program's", 'engine/up', 'engine/empty-up'),
    ratio(
      'a change of one stack through Nx, against everything',
      'affected/one-stack',
      'affected/everything',
      0.5,
    ),
  ];
}
