import { buildSync } from 'esbuild';

const bundles = new Map<string, string>();

/** A program and all that it imports as one file that any pod with Node runs. */
export function bundle(entryPoint: string): string {
  const made =
    bundles.get(entryPoint) ??
    buildSync({
      entryPoints: [entryPoint],
      bundle: true,
      // A ConfigMap holds 1 MiB at most.
      minify: true,
      platform: 'node',
      target: 'node20',
      format: 'cjs',
      write: false,
      logLevel: 'error',
    }).outputFiles[0]?.text;
  if (made === undefined) throw new Error(`esbuild gave no bundle of ${entryPoint}`);
  bundles.set(entryPoint, made);
  return made;
}
