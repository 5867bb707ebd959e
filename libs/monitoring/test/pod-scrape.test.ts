import { ProblemsError } from '@mcp-stacks/problem';
import { record, type RecordedResource } from '@mcp-stacks/recorder';
import { PodScrape, type PodScrapeArgs } from '../src/index.js';

const ARGS: PodScrapeArgs = {
  kind: 'PodMonitor',
  namespace: 'tools',
  selectorLabels: { 'app.kubernetes.io/name': 'echo' },
  portName: 'metrics',
};

async function registered(args: PodScrapeArgs): Promise<readonly RecordedResource[]> {
  return (await record(() => ({ scrape: new PodScrape('echo', args).urn }))).resources;
}

test('the type token is the one that deployed stacks know', async () => {
  const [component, monitor] = await registered(ARGS);
  expect(component?.type).toBe('mcp-stacks:monitoring:PodScrape');
  expect(monitor?.parent).toBe(component?.urn);
});

test.each(['PodMonitor', 'VMPodScrape'] as const)('%s by default', async (kind) => {
  const [, monitor, ...others] = await registered({ ...ARGS, kind });
  expect(others).toEqual([]);
  expect({ type: monitor?.type, name: monitor?.name, inputs: monitor?.inputs }).toMatchSnapshot();
});

test('everything that can be said', async () => {
  const [, monitor] = await registered({
    ...ARGS,
    kind: 'VMPodScrape',
    name: 'echo-metrics',
    labels: { release: 'prometheus' },
    path: '/internal/metrics',
    scrapeInterval: '1m30s',
    scrapeTimeout: '90s',
    scheme: 'https',
    jobLabel: 'team',
    transform: (args, opts) => {
      opts.protect = true;
      return { ...args, spec: { ...(args.spec as object), sampleLimit: 1000 } };
    },
  });
  expect(monitor?.inputs).toMatchSnapshot();
  expect(monitor?.options.protect).toBe(true);
});

test.each<[what: string, args: Partial<PodScrapeArgs>, where: string]>([
  ['no unit', { scrapeInterval: '30' }, 'args.scrapeInterval'],
  ['a fraction', { scrapeInterval: '1.5m' }, 'args.scrapeInterval'],
  ['the smaller unit first', { scrapeInterval: '30s1m' }, 'args.scrapeInterval'],
  ['an empty duration', { scrapeInterval: '' }, 'args.scrapeInterval'],
  ['zero', { scrapeInterval: '0s' }, 'args.scrapeInterval'],
  ['a timeout that is no duration', { scrapeTimeout: 'soon' }, 'args.scrapeTimeout'],
  ['a timeout above the default interval', { scrapeTimeout: '31s' }, 'args.scrapeTimeout'],
  [
    'a timeout above the interval in another unit',
    { scrapeInterval: '1m', scrapeTimeout: '61000ms' },
    'args.scrapeTimeout',
  ],
  ['a port number', { portName: '9090' }, 'args.portName'],
  ['a port name of 16 characters', { portName: 'metrics-of-pods1' }, 'args.portName'],
  ['a port name with two hyphens', { portName: 'a--b' }, 'args.portName'],
  ['an upper case port name', { portName: 'Metrics' }, 'args.portName'],
  ['a relative path', { path: 'metrics' }, 'args.path'],
  ['an empty selector', { selectorLabels: {} }, 'args.selectorLabels'],
])('%s is refused', async (_what, args, where) => {
  const error = await registered({ ...ARGS, ...args }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ProblemsError);
  expect((error as ProblemsError).problems.map((problem) => problem.where)).toEqual([where]);
});

test('all problems are reported at once', async () => {
  const args = {
    ...ARGS,
    portName: '80',
    path: 'm',
    scrapeInterval: '1',
    scrapeTimeout: '2',
    selectorLabels: {},
  };
  await expect(registered(args)).rejects.toThrowErrorMatchingSnapshot();
});
