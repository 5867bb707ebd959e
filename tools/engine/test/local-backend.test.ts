import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { relocateProjectFile } from '../src/backend/project-file.js';

describe('ensurePassphrase', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'passphrase-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  test('processes that start together agree on one passphrase, which only its owner can read', async () => {
    const file = path.join(folder, 'passphrase');
    const built = path.resolve(__dirname, '../dist/backend/passphrase.js');
    const script = `require(${JSON.stringify(built)}).ensurePassphrase(${JSON.stringify(file)});
      console.log(require('node:fs').readFileSync(${JSON.stringify(file)}, 'utf8'))`;
    const runs = await Promise.all(
      Array.from({ length: 8 }, () => promisify(execFile)(process.execPath, ['-e', script])),
    );
    expect(new Set(runs.map(({ stdout }) => stdout)).size).toBe(1);
    expect(readFileSync(file, 'utf8').trim().length).toBeGreaterThanOrEqual(43);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['passphrase']);
  });
});

describe('relocateProjectFile', () => {
  test('every path becomes absolute, what would lead elsewhere goes, the rest stays', () => {
    const text =
      'name: s\nruntime:\n  name: nodejs\n  options: { packagemanager: npm }\nmain: dist/index.js\n' +
      'stackConfigDir: conf\nbackend: { url: s3://x }\nplugins:\n  providers:\n    - name: mine\n      path: ../bin\n';
    expect(relocateProjectFile(text, '/w/stacks/s', '/w/stacks/s/dist/index.js')).toBe(
      'name: s\nruntime:\n  name: nodejs\n  options: { packagemanager: npm }\nmain: /w/stacks/s/dist/index.js\n' +
        'plugins:\n  providers:\n    - name: mine\n      path: /w/stacks/bin\n',
    );
  });
});
