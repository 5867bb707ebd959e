import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** A browser to test in: `CHROME_PATH`, or what is installed under one of the usual names. */
export function findBrowser(variables: NodeJS.ProcessEnv): string | undefined {
  const { CHROME_PATH, PATH = '' } = variables;
  const candidates = [
    ...(CHROME_PATH === undefined ? [] : [CHROME_PATH]),
    ...PATH.split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name))),
  ];
  return candidates.find((file) => existsSync(file));
}

/** Nobody but the test speaks to it, and it speaks to nobody. */
export const BROWSER_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
