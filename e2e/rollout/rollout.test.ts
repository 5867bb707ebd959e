import { setTimeout } from 'node:timers/promises';
import { ask } from '../access/cluster.js';
import { eventually } from '../access/eventually.js';
import { Deployment, describeOn, SUCCESS } from '../engine/deployment.js';
import { GITHUB_TOKEN } from '../servers/github-token.js';
import { Caller } from './caller.js';
import type { Report } from './client/report.js';

/** Calls a second of each kind of client. */
const RATE = 20;

/** Each call of a client without a session begins one, and the server holds 1000. */
const RATE_OF_SESSIONS = 5;

/** How long is called before and after a rollout, in milliseconds. */
const STEADY = 2000;

/** Shown with the results: whether something failed is not all that is worth knowing. */
function show(title: string, report: Report): void {
  process.stdout.write(`${title}: ${JSON.stringify(report, undefined, 1).replace(/\s+/g, ' ')}\n`);
}

describeOn('cluster', 'a rollout under steady calls', () => {
  let deployment: Deployment;
  let caller: Caller;
  let rollouts = 0;
  beforeAll(() => {
    deployment = new Deployment('rollout');
    caller = new Caller(`${deployment.namespace}-clients`);
    for (const stack of ['github-mcp', 'pulumi-mcp']) {
      deployment.set(stack, 'clients', [{ namespace: caller.namespace }]);
    }
  });
  afterAll(async () => {
    caller[Symbol.dispose]();
    await deployment.destroy();
    deployment[Symbol.dispose]();
  });

  /** Rolls the pods of a server, until none of the old ones is left. */
  async function rollOut(stack: string, key: string, server: string): Promise<void> {
    const selector = `app.kubernetes.io/name=${server}`;
    // With those that are still ending.
    const running = () =>
      ask('get', 'pods', '--namespace', deployment.namespace, '--selector', selector, '--output', 'name')
        .trim()
        .split('\n');
    const old = running();
    rollouts += 1;
    await setTimeout(STEADY);
    deployment.set(stack, `${key}/podAnnotations`, { 'e2e/rollout': String(rollouts) });
    expect(await deployment.up(stack)).toEqual(SUCCESS);
    await eventually(() => running().filter((name) => old.includes(name)), []);
    expect(running()).toHaveLength(old.length);
    await setTimeout(STEADY);
  }

  test.each([1, 2])('of a stateless server with %i pods fails no call', async (replicas) => {
    deployment.set('github-mcp', 'githubMcp/replicas', replicas);
    expect(await deployment.up()).toEqual(SUCCESS);
    const report = await caller.during(
      {
        url: `http://mcp-github.${deployment.namespace}:8082/mcp`,
        headers: { authorization: `Bearer ${GITHUB_TOKEN}` },
        rate: RATE,
        session: false,
      },
      () => rollOut('github-mcp', 'githubMcp', 'mcp-github'),
    );
    show(`stateless, ${replicas}`, report);
    for (const { calls, failures } of [report.newConnections, report.keptConnections]) {
      expect(failures).toEqual([]);
      expect(calls).toBeGreaterThan((2 * STEADY * RATE) / 1000);
    }
  });

  test('of a server with sessions in memory ends them once, and new ones begin at any time', async () => {
    const report = await caller.during(
      {
        url: `http://mcp-pulumi.${deployment.namespace}:3000/mcp`,
        headers: {},
        rate: RATE_OF_SESSIONS,
        session: true,
      },
      () => rollOut('pulumi-mcp', 'pulumiMcp', 'mcp-pulumi'),
    );
    show('in memory', report);
    expect(report.newConnections.failures).toEqual([]);
    expect(report.keptConnections.failures).toEqual([]);
    expect(report.session?.failures.map(({ what }) => what)).toEqual(['HTTP 404']);
    expect(report.session?.sessions).toBe(2);
    expect(report.session?.streamEnds).toHaveLength(1);
  });
});
