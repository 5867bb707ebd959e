import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { addedByHand } from '../src/drift/added-by-hand.js';
import { printDrift } from '../src/print-drift.js';
import { readEventLog } from '../src/pulumi/read-event-log.js';

/** What Pulumi 3.259 logs of a previewed refresh, without what is not read. */
function step(op: string, type: string, more: { before?: object; after?: object; paths?: string[] }): string {
  const state = (outputs?: object) => ({ custom: true, id: 'team/mcp', outputs });
  return JSON.stringify({
    resOutputsEvent: {
      metadata: {
        op,
        type,
        urn: `urn:pulumi:dev::p::${type}::mcp-object`,
        old: state(more.before),
        new: state(more.after),
        detailedDiff: Object.fromEntries((more.paths ?? []).map((one) => [one, { diffKind: 'update' }])),
      },
    },
  });
}

test('drift names each object and each field with both values, and no value of a Secret', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'drift-'));
  const file = path.join(folder, 'events.json');
  writeFileSync(
    file,
    [
      step('update', 'kubernetes:apps/v1:Deployment', {
        before: { spec: { replicas: 1, containers: [{ env: [{ value: 'a' }] }] } },
        after: { spec: { replicas: 3, containers: [{ env: [] }] } },
        paths: ['spec.replicas', 'spec.containers[0].env[0].value'],
      }),
      step('update', 'kubernetes:core/v1:Service', {
        before: { metadata: { labels: { 'a.b/c': 'x' } } },
        after: { metadata: { labels: { 'a.b/c': 'y' } } },
        paths: ['metadata.labels["a.b/c"]'],
      }),
      step('update', 'kubernetes:core/v1:Secret', {
        before: { data: { key: 'b2xk' } },
        after: { data: { key: 'bmV3' } },
        paths: ['data.key'],
      }),
      step('delete', 'kubernetes:core/v1:ConfigMap', { paths: [] }),
      step('update', 'random:index:Thing', {}),
      step('same', 'kubernetes:core/v1:ServiceAccount', {}),
      JSON.stringify({ summaryEvent: { resourceChanges: {} } }),
    ].join('\n'),
  );
  const lines: string[] = [];
  const log = jest.spyOn(console, 'error').mockImplementation((line: string) => lines.push(line));
  const { summary, present } = readEventLog(file);
  printDrift('github-mcp', { summary, added: addedByHand(present, 'deployed') });
  log.mockRestore();
  rmSync(folder, { recursive: true });
  expect(lines).toEqual([
    'Drift in github-mcp:',
    '  changed: Deployment team/mcp',
    '    spec.replicas: 1, now 3',
    '    spec.containers[0].env[0].value: "a", now nothing',
    '  changed: Service team/mcp',
    '    metadata.labels["a.b/c"]: "x", now "y"',
    '  changed: Secret team/mcp',
    '    data.key',
    '  gone: ConfigMap team/mcp',
    '  changed: random:index:Thing mcp-object',
  ]);
});
