import { describeValue, type Problem } from '@mcp-stacks/problem';
import type { PodScrapeArgs } from './pod-scrape-args.js';
import { DEFAULT_INTERVAL } from './defaults.js';
import { parsePrometheusDuration } from './prometheus-duration.js';

/** Everything that is wrong with the arguments. */
export function* podScrapeProblems(args: PodScrapeArgs): Generator<Problem> {
  if (Object.keys(args.selectorLabels).length === 0) {
    yield {
      where: 'args.selectorLabels',
      found: '{}',
      expected: 'at least one label: an empty selector scrapes every pod of the namespace',
      remedy: "Give the labels that the workload's selector stands on.",
    };
  }
  // `IsValidPortName` in k8s.io/apimachinery/pkg/util/validation: no container port can have another name.
  if (args.portName.length > 15 || !/^(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$/.test(args.portName)) {
    yield {
      where: 'args.portName',
      found: describeValue(args.portName),
      expected:
        'the name of a container port: at most 15 lower case letters, digits and single hyphens inside, ' +
        'with at least one letter',
      remedy: 'Give the name under which the container declares the port, not its number.',
    };
  }
  if (args.path !== undefined && !/^\/\S*$/.test(args.path)) {
    yield {
      where: 'args.path',
      found: describeValue(args.path),
      expected: 'an absolute path without spaces, as /metrics',
      remedy: 'Start it with `/`, or leave it out for /metrics.',
    };
  }
  const interval = yield* readDuration('args.scrapeInterval', args.scrapeInterval ?? DEFAULT_INTERVAL);
  if (args.scrapeTimeout === undefined) return;
  const timeout = yield* readDuration('args.scrapeTimeout', args.scrapeTimeout);
  if (interval !== undefined && timeout !== undefined && timeout > interval) {
    yield {
      where: 'args.scrapeTimeout',
      found: describeValue(args.scrapeTimeout),
      // `CompareScrapeTimeoutToScrapeInterval` in prometheus-operator/pkg/prometheus/promcfg.go
      expected: `at most the scrape interval, ${args.scrapeInterval ?? DEFAULT_INTERVAL}: the operator rejects a longer one`,
      remedy: 'Lower it or raise args.scrapeInterval.',
    };
  }
}

/** Milliseconds of a duration above zero; otherwise yields the problem and returns nothing. */
function* readDuration(where: string, text: string): Generator<Problem, number | undefined> {
  const duration = parsePrometheusDuration(text);
  if (duration !== undefined && duration > 0) return duration;
  yield {
    where,
    found: describeValue(text),
    expected:
      'a Prometheus duration above zero: whole numbers with y, w, d, h, m, s, ms, the largest unit first',
    remedy: 'Write it as in 30s, 1m30s or 500ms.',
  };
  return undefined;
}
