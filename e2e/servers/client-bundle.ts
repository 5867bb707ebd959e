import { buildSync } from 'esbuild';
import { join } from 'node:path';

let bundle: string | undefined;

/** The program of `client/`, with the SDK inside, as one file that any pod with Node runs. */
export function clientBundle(): string {
  bundle ??= buildSync({
    entryPoints: [join(__dirname, 'client', 'main.ts')],
    bundle: true,
    // A ConfigMap holds 1 MiB at most.
    minify: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    write: false,
    logLevel: 'error',
  }).outputFiles[0]?.text;
  if (bundle === undefined) throw new Error('esbuild gave no bundle of the client');
  return bundle;
}
