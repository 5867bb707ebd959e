import { setTimeout as pause } from 'node:timers/promises';
import { run } from '../engine/commands.js';
import { Deployment, describeOn, ENVIRONMENT, SUCCESS } from '../engine/deployment.js';
import { inCluster, inState, leftBehind, locks, pendingOperations } from './leftovers.js';
import { random } from './random.js';
import { StartedEngine } from './started-engine.js';

const STACK = 'github-mcp';
const KILLS = 20;

/** Another one each time, unless it is given to see a failure again. */
const seed = Number(process.env.E2E_SEED ?? Date.now() % 2 ** 31);

/** What is killed, and what is run after it: together they begin and end with a deployed server, twice by way of none. */
const CYCLES = [
  { killed: 'change', next: 'up' },
  { killed: 'destroy', next: 'destroy' },
  { killed: 'create', next: 'destroy' },
  { killed: 'create', next: 'up' },
  { killed: 'destroy', next: 'up' },
] as const;

type Killed = (typeof CYCLES)[number]['killed'];

/** What one kill left. */
interface Observed {
  readonly killed: Killed;
  readonly next: 'up' | 'destroy';
  /** Milliseconds after the start. */
  readonly after: number;
  /** It was too late to kill anything. */
  readonly ended: boolean;
  readonly locks: number;
  readonly pending: number;
  /** From the kill until all was well again. */
  readonly seconds: number;
}

describeOn('engine', `the deploying process killed at ${KILLS} random points (E2E_SEED=${seed})`, () => {
  const next = random(seed);
  const observed: Observed[] = [];
  const durations = new Map<Killed, number>();
  let deployment: Deployment;

  const start = (verb: 'up' | 'destroy') => new StartedEngine(deployment, [verb, STACK, '--yes']);
  let changes = 0;
  function change(): void {
    deployment.set(STACK, 'githubMcp/podAnnotations', { change: String(++changes) });
  }
  const verbOf = (killed: Killed) => (killed === 'destroy' ? 'destroy' : 'up');

  /** How long it takes when nobody kills it. */
  async function measure(killed: Killed): Promise<void> {
    const started = performance.now();
    expect(await start(verbOf(killed)).ended).toEqual(SUCCESS);
    durations.set(killed, performance.now() - started);
  }

  beforeAll(async () => {
    deployment = new Deployment('faults-killed');
    expect(deployment.engine('up', 'namespace-rbac', '--yes')).toEqual(SUCCESS);
    await measure('create');
    change();
    await measure('change');
    await measure('destroy');
    expect(await start('up').ended).toEqual(SUCCESS);
  });
  afterAll(() => {
    console.log(report(observed, durations));
    deployment.engine('chain', 'destroy', '--yes');
    deployment[Symbol.dispose]();
  });

  /** Whatever was run, the cluster has what the states know, and they know how everything ended. */
  function expectNothingOrphaned(): void {
    expect(inCluster(deployment)).toEqual(
      ['namespace-rbac', STACK].flatMap((stack) => inState(deployment, stack)).sort(),
    );
    expect(pendingOperations(deployment, STACK)).toBe(0);
    expect(locks(deployment, STACK)).toEqual([]);
  }

  test.each(
    Array.from({ length: KILLS }, (_, index) => {
      const { killed, next: verb } = CYCLES[index % CYCLES.length] ?? CYCLES[0];
      return [index + 1, killed, verb, next()] as const;
    }),
  )('%i. %s killed, then %s (%d of its time)', async (_, killed, verb, fraction) => {
    if (killed === 'change') change();
    const after = Math.round(fraction * (durations.get(killed) ?? 0));
    const started = start(verbOf(killed));
    await Promise.race([pause(after), started.ended]);
    started.kill();
    const { code } = await started.ended;
    const killedAt = performance.now();
    const locked = locks(deployment, STACK);
    const pending = pendingOperations(deployment, STACK);

    let again = await start(verb).ended;
    if (locked.length > 0) {
      expect({ again }).not.toMatchObject({ again: { code: 0 } });
      expect(again.output).toContain(`${STACK} in ${ENVIRONMENT} is locked`);
      expect(locks(deployment, STACK)).toEqual(locked);
      const [, command] = /^Only if nobody is: (npx engine pulumi .* cancel.*)$/m.exec(again.output) ?? [];
      expect(command).toBeDefined();
      const [program = '', ...args] = (command ?? '').split(' ');
      expect(run(program, args, deployment.root)).toEqual(SUCCESS);
      again = await start(verb).ended;
    }
    expect(again).toEqual(SUCCESS);
    const seconds = (performance.now() - killedAt) / 1000;
    observed.push({
      killed,
      next: verb,
      after,
      ended: code !== null,
      locks: locked.length,
      pending,
      seconds,
    });

    expectNothingOrphaned();
    if (verb === 'destroy') expect(inState(deployment, STACK)).toEqual([]);
    else {
      expect(deployment.get('deployment', 'mcp-github')).toMatchObject({
        spec: { template: { metadata: { annotations: { change: String(changes) } } } },
        status: { readyReplicas: 1, updatedReplicas: 1 },
      });
    }
  });

  test('ended by a signal, it ends in good order: no lock stays, and the next run converges', async () => {
    change();
    const up = start('up');
    await up.printed(/Deployment \S+ updating/);
    up.signal('SIGTERM');
    expect((await up.ended).code).not.toBe(0);
    expect(locks(deployment, STACK)).toEqual([]);
    expect(await start('up').ended).toEqual(SUCCESS);
    expectNothingOrphaned();
  });

  test('the engine killed alone: Pulumi goes on to its end, and the next run converges', async () => {
    change();
    const up = start('up');
    await up.printed(/Deployment \S+ updating/);
    up.signal('SIGKILL');
    // Its output closes when the last process that writes there has ended.
    await up.ended;
    expect(locks(deployment, STACK)).toEqual([]);
    expect(pendingOperations(deployment, STACK)).toBe(0);
    expect(await start('up').ended).toEqual(SUCCESS);
    expectNothingOrphaned();
  });

  test('destroy leaves nothing', () => {
    expect(deployment.engine('chain', 'destroy', '--yes')).toEqual(SUCCESS);
    expect(leftBehind(deployment)).toEqual([]);
  });
});

/** The figures of a run. */
function report(observed: readonly Observed[], durations: ReadonlyMap<Killed, number>): string {
  const count = (test: (one: Observed) => boolean) => observed.filter(test).length;
  const normal = [...durations].map(([name, duration]) => `${name} ${(duration / 1000).toFixed(1)} s`);
  const seconds = observed.reduce((sum, one) => sum + one.seconds, 0);
  return [
    `E2E_SEED=${seed}; undisturbed: ${normal.join(', ')}`,
    `${observed.length} kills: a lock stayed ${count((one) => one.locks > 0)} times, pending operations ` +
      `${count((one) => one.pending > 0)} times, ${count((one) => one.ended)} came too late`,
    `mended in ${(seconds / observed.length).toFixed(1)} s on average`,
    ...observed.map((one) => JSON.stringify(one)),
  ].join('\n');
}
