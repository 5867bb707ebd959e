import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readEventLog } from '../src/pulumi/read-event-log.js';
import { writePreview } from '../src/write-preview.js';

/** What Pulumi 3.259 logs of a previewed update, without what is not read. */
function planned(op: string, type: string, name: string, more: object = {}): string {
  const inputs = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace: 'team' },
    stringData: { key: 'hunter2' },
  };
  const state = { custom: !type.startsWith('team:'), id: `team/${name}`, inputs };
  const urn = `urn:pulumi:dev::p::${type}::${name}`;
  const sides = op.startsWith('delete') ? { old: state } : { old: state, new: state };
  return JSON.stringify({ resourcePreEvent: { metadata: { op, type, urn, ...sides, ...more } } });
}

test('a preview as JSON says what becomes of which object, and no value', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'preview-'));
  const log = path.join(folder, 'events.json');
  writeFileSync(
    log,
    [
      planned('refresh', 'kubernetes:core/v1:Secret', 'a'),
      planned('update', 'pulumi:providers:kubernetes', 'cluster'),
      planned('update', 'team:index:Component', 'component'),
      planned('update', 'kubernetes:core/v1:Secret', 'a', {
        detailedDiff: { 'stringData.key': { diffKind: 'update' } },
      }),
      planned('replace', 'kubernetes:core/v1:Secret', 'b', { diffs: ['type'], keys: ['type'] }),
      planned('delete', 'kubernetes:core/v1:Secret', 'c'),
      planned('same', 'kubernetes:core/v1:Secret', 'd'),
      JSON.stringify({ summaryEvent: { resourceChanges: { update: 1, replace: 1, delete: 1, same: 1 } } }),
    ].join('\n'),
  );
  const file = path.join(folder, 'dev/p.json');
  const { steps, summary } = readEventLog(log);
  writePreview(file, { code: 0, interrupted: false, seconds: 1, added: [], services: [], steps, summary });
  const text = readFileSync(file, 'utf8');
  rmSync(folder, { recursive: true });
  expect(text).not.toContain('hunter2');
  const written = JSON.parse(text) as { steps: { op: string; urn: string }[]; changeSummary: object };
  expect(written.changeSummary).toEqual({ update: 1, replace: 1, delete: 1, same: 1 });
  expect(written.steps).toEqual(
    [
      ['update', 'a', ['stringData.key'], []],
      ['replace', 'b', ['type'], ['type']],
      ['delete', 'c', [], []],
      ['same', 'd', [], []],
    ].map(([op, name, diffReasons, replaceReasons]) => ({
      op,
      urn: `urn:pulumi:dev::p::kubernetes:core/v1:Secret::${String(name)}`,
      [op === 'delete' ? 'oldState' : 'newState']: {
        type: 'kubernetes:core/v1:Secret',
        custom: true,
        id: `team/${String(name)}`,
        inputs: { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace: 'team' } },
      },
      diffReasons,
      replaceReasons,
    })),
  );
});
