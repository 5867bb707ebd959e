import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';

/** The first executable of that name in the folders of a `PATH`, absolute. */
export function findExecutable(name: string, searchPath: string): string | undefined {
  const extensions = process.platform === 'win32' ? ['.exe', '.cmd'] : [''];
  return searchPath
    .split(path.delimiter)
    .filter((folder) => folder !== '')
    .flatMap((folder) => extensions.map((extension) => path.resolve(folder, name + extension)))
    .find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
