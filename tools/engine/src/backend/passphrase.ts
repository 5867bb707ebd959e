import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, rmSync, writeFileSync } from 'node:fs';

/**
 * The file with the passphrase of the local backend, made once with 256 random bits, readable by its owner only.
 *
 * Runs that start at the same time agree on one: the file is written under another name and then linked to its
 * own, which fails where the name is taken, so that nobody ever reads a half-written or a second passphrase.
 */
export function ensurePassphrase(file: string): void {
  if (existsSync(file)) return;
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  writeFileSync(draft, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
}
