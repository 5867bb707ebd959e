import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeLeftFolders, withTemporaryFolder } from '../src/pulumi/temporary-folder.js';

describe('the temporary files of Pulumi', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'mcp-stacks-test-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const leave = (variables: NodeJS.ProcessEnv) => {
    writeFileSync(join(variables.TMPDIR ?? '', 'kubeconfig123'), 'token');
  };

  test.each([
    ['ends well', undefined],
    ['fails', new Error('failed')],
  ])('are gone when it %s', async (_, error) => {
    const run = withTemporaryFolder(
      { A: '1' },
      (variables) => {
        leave(variables);
        expect(readdirSync(folder)).toHaveLength(1);
        expect(variables).toMatchObject({ A: '1', TMP: variables.TMPDIR, TEMP: variables.TMPDIR });
        return error === undefined ? Promise.resolve('done') : Promise.reject(error);
      },
      folder,
    );
    await (error === undefined ? expect(run).resolves.toBe('done') : expect(run).rejects.toBe(error));
    expect(readdirSync(folder)).toEqual([]);
  });

  test('that a killed run left are removed a day later, and those of one that may run are not', () => {
    const yesterday = Date.now() / 1000 - 25 * 60 * 60;
    for (const name of ['mcp-stacks-pulumi-left', 'mcp-stacks-pulumi-running', 'somebody-elses']) {
      mkdirSync(join(folder, name));
      leave({ TMPDIR: join(folder, name) });
      if (!name.endsWith('running')) utimesSync(join(folder, name), yesterday, yesterday);
    }
    removeLeftFolders(folder);
    expect(readdirSync(folder).sort()).toEqual(['mcp-stacks-pulumi-running', 'somebody-elses']);
    expect(existsSync(join(folder, 'mcp-stacks-pulumi-running', 'kubeconfig123'))).toBe(true);
  });
});
