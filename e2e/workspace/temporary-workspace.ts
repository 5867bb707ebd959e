import { findWorkspaceRoot } from '@mcp-stacks/workspace';
import { type CopyOptions, copyStacks } from '@mcp-stacks/workspace/copy-stacks';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseDocument } from 'yaml';

export const root = findWorkspaceRoot(__dirname);

/** A key of a YAML file, its parts separated by a slash since configuration keys hold dots and colons. */
export type YamlPath = string;

/** The files of this workspace's stacks in a folder of their own, to be edited; the programs are the real ones. */
export class TemporaryWorkspace {
  readonly root = mkdtempSync(join(tmpdir(), 'mcp-stacks-'));

  constructor(options: Omit<CopyOptions, 'linkPrograms'> = {}) {
    copyStacks(root, this.root, { linkPrograms: true, ...options });
  }

  /** Sets a value of a stack's file, or removes it where the value is `undefined`. */
  edit(file: string, path: YamlPath, value: unknown): void {
    const document = parseDocument(this.read(file));
    const keys = path.split('/').map((key) => (/^\d+$/.test(key) ? Number(key) : key));
    if (value === undefined) document.deleteIn(keys);
    else document.setIn(keys, document.createNode(value));
    this.write(file, document.toString());
  }

  read(file: string): string {
    return readFileSync(join(this.root, 'stacks', file), 'utf8');
  }

  write(file: string, text: string): void {
    writeFileSync(join(this.root, 'stacks', file), text);
  }

  [Symbol.dispose](): void {
    rmSync(this.root, { recursive: true });
  }
}
