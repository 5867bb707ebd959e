import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Writes a JSON or Markdown file as this workspace's formatter wants it. */
export async function writeFormatted(file: string, text: string): Promise<void> {
  // Loaded here: Jest cannot load it, and only writing needs it.
  const { format, resolveConfig } = await import('prettier');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, await format(text, { ...(await resolveConfig(file)), filepath: file }));
}
