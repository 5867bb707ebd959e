import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { ask, create, makeNamespace } from '../access/cluster.js';
import { IDLE, restrictedPod } from '../access/restricted-pod.js';
import { bundle } from '../servers/bundle.js';
import type { Order, Report } from './client/report.js';

const POD = 'caller';

/** A pod, in a namespace of its own, from which servers are called all the time. */
export class Caller implements Disposable {
  readonly namespace: string;

  /** @param namespace Its namespace, which must not exist. */
  constructor(namespace: string) {
    this.namespace = namespace;
    makeNamespace(namespace);
    create([restrictedPod({ name: POD, namespace, script: IDLE })]);
    ask('wait', `pod/${POD}`, '--namespace', namespace, '--for=condition=Ready', '--timeout=120s');
  }

  /** Calls for as long as something takes. */
  async during(order: Order, what: () => Promise<void>): Promise<Report> {
    const context = process.env.E2E_CONTEXT ?? '';
    const node = [
      'node',
      '--eval',
      bundle(join(__dirname, 'client', 'main.ts')),
      '--',
      JSON.stringify(order),
    ];
    const exec = spawn('kubectl', [
      ...['--context', context, 'exec', '--stdin', '--namespace', this.namespace, POD, '--', ...node],
    ]);
    const printed = collect(exec);
    const closed = once(exec, 'close');
    await Promise.race([once(exec.stdout, 'data'), closed]);
    try {
      if (exec.exitCode === null) await what();
    } finally {
      exec.stdin.end();
      await closed;
    }
    const { stdout, stderr } = printed;
    if (exec.exitCode !== 0) throw new Error(stderr);
    return JSON.parse(stdout.replace(/^calling\n/, '')) as Report;
  }

  [Symbol.dispose](): void {
    ask('delete', 'namespace', this.namespace, '--ignore-not-found');
  }
}

/** What a process prints, as it comes. */
function collect(child: ChildProcessWithoutNullStreams): { stdout: string; stderr: string } {
  const printed = { stdout: '', stderr: '' };
  child.stdout.on('data', (data: Buffer) => (printed.stdout += data.toString()));
  child.stderr.on('data', (data: Buffer) => (printed.stderr += data.toString()));
  return printed;
}
