import { randomUUID } from 'node:crypto';
import { type Deployment, SUCCESS } from '../engine/deployment.js';
import { nodeIn, type Pod, serverPod } from './cluster.js';

const FILE = '/project/program/index.ts';

/** Folder and file as a program of a team's: made in the first pod, found in each that follows. */
const WRITE = `
const { mkdirSync, statSync, writeFileSync } = require('node:fs');
mkdirSync('/project/program', { recursive: true });
writeFileSync('${FILE}', process.argv[1]);
console.log(JSON.stringify({ process: process.getuid(), file: statSync('${FILE}').uid }));
`;

const READ = `
const { appendFileSync, readFileSync } = require('node:fs');
const text = readFileSync('${FILE}', 'utf8');
appendFileSync('${FILE}', '.');
console.log(text.trim());
`;

/** The shared volume of namespace-rbac, under the Pulumi server's pods as they come and go. */
export function volume(deployment: () => Deployment): void {
  const content = randomUUID();
  let before: Pod;
  const inPod = (pod: Pod, script: string, ...args: readonly string[]) =>
    nodeIn(
      { namespace: deployment().namespace, pod: pod.metadata.name, container: 'mcp-pulumi' },
      script,
      ...args,
    ).trim();

  test('the pod writes as its own user, which is not root', async () => {
    before = await serverPod(deployment().namespace, 'mcp-pulumi');
    expect(JSON.parse(inPod(before, WRITE, content))).toEqual({ process: 1000, file: 1000 });
  });

  test('the pod after a rollout reads it, and writes to it', async () => {
    deployment().set('pulumi-mcp', 'pulumiMcp/podAnnotations', { 'e2e/rollout': 'second' });
    expect(await deployment().up('pulumi-mcp')).toEqual(SUCCESS);
    const after = await serverPod(deployment().namespace, 'mcp-pulumi');
    expect(after.metadata.uid).not.toBe(before.metadata.uid);
    expect(inPod(after, READ)).toBe(content);
    before = after;
  });

  test('the pod after the stack was destroyed and deployed again reads it', async () => {
    expect(await deployment().destroy('pulumi-mcp')).toEqual(SUCCESS);
    expect(deployment().get('deployment', 'mcp-pulumi')).toBeUndefined();
    expect(await deployment().up('pulumi-mcp')).toEqual(SUCCESS);
    const after = await serverPod(deployment().namespace, 'mcp-pulumi');
    expect(after.metadata.uid).not.toBe(before.metadata.uid);
    expect(inPod(after, READ)).toBe(`${content}.`);
  });
}
