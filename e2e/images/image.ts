import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { limit } from './limit.ts';
import { report } from './report.ts';
import { run } from './run.ts';

/** What goes into an image. */
export interface Image {
  /** Name and tag. */
  readonly name: string;
  /** Local files and folders by their path in the image. A folder's symbolic links to folders are left out. */
  readonly files: Readonly<Record<string, string>>;
  /** Small files by their path in the image: their mode and content. */
  readonly texts?: Readonly<Record<string, { readonly mode: number; readonly text: string }>>;
  /** Whether Node is in it, at `/usr/local/bin/node` as in the official images. @default false */
  readonly node?: boolean;
  /** Whether a shell is in it, at `/bin/sh`. @default false */
  readonly shell?: boolean;
  readonly entrypoint: readonly string[];
  readonly command?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly workingDirectory?: string;
  /** `user:group`, by number or by name. */
  readonly user: string;
}

/** Node as this workspace pins it, whichever one runs this. */
const NODE = createRequire(import.meta.url).resolve('node/bin/node');
const SHELL = '/bin/sh';
const CA_CERTIFICATES = '/etc/ssl/certs/ca-certificates.crt';

// Each takes a core, and holds its image in memory several times.
const twoAtATime = limit(2);

/**
 * Makes an image's archive with the local test cluster's tool, or takes it from the cache.
 *
 * @param testbed The test cluster's command, beside which its image tool is.
 * @returns The archive's path.
 */
export async function makeImage(cache: string, testbed: string, image: Image): Promise<string> {
  const { name, files, texts = {}, node = false, shell = false, env = {}, user } = image;
  const stem = join(cache, 'images', name.replaceAll(/[/:]/g, '_'));
  const archive = `${stem}.tar`;
  const keyFile = `${stem}.key`;
  const key = keyOf(image);
  if (existsSync(archive) && existsSync(keyFile) && readFileSync(keyFile, 'utf8') === key) return archive;
  return await twoAtATime(async () => {
    const done = report(`image ${name}`);
    const folder = `${stem}.files`;
    mkdirSync(folder, { recursive: true });
    const added = Object.entries({ [CA_CERTIFICATES]: CA_CERTIFICATES, ...files }).map(([path, local]) => [
      local,
      path,
    ]);
    for (const [index, [path, { mode, text }]] of Object.entries(texts).entries()) {
      const local = join(folder, String(index));
      writeFileSync(local, text);
      added.push([local, `${path}:${mode.toString(8)}`]);
    }
    if (node) {
      added.push([NODE, '/usr/local/bin/node:755']);
      const libraries = await Promise.all([NODE, ...nativeModules(files)].map(sharedLibraries));
      added.push(...[...new Set(libraries.flat())].map((library) => [library, library]));
    }
    await run(join(dirname(testbed), 'mkimage.py'), [
      name,
      ...['--output', `${archive}.new`],
      ...added.flatMap(([local = '', path = '']) => ['--add', `${local}:${path}`]),
      ...(shell ? ['--elf', SHELL] : []),
      ...Object.entries(env).flatMap(([variable, value]) => ['--env', `${variable}=${value}`]),
      ...['--entrypoint', JSON.stringify(image.entrypoint)],
      ...(image.command === undefined ? [] : ['--cmd', JSON.stringify(image.command)]),
      ...['--workdir', image.workingDirectory ?? '/'],
      ...['--user', user],
    ]);
    renameSync(`${archive}.new`, archive);
    writeFileSync(keyFile, key);
    done(`${Math.round(statSync(archive).size / 2 ** 20)} MiB`);
    return archive;
  });
}

/** What an archive depends on: a program or an installed package by its path, which names its version. */
function keyOf(image: Image): string {
  const hash = createHash('sha256').update(JSON.stringify(image));
  hash.update(readFileSync(import.meta.filename));
  for (const local of [NODE, ...Object.values(image.files)]) {
    if (/\.(cjs|mjs|js)$/.test(local)) hash.update(readFileSync(local));
  }
  return hash.update(String(statSync(NODE).size)).digest('hex');
}

/** The compiled parts of npm packages, which load libraries that Node itself does not. */
function nativeModules(files: Image['files']): readonly string[] {
  return Object.values(files)
    .filter((local) => statSync(local).isDirectory())
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
    )
    .filter((file) => file.endsWith('linux-x64-gnu.node'));
}

async function sharedLibraries(program: string): Promise<readonly string[]> {
  const output = await run('ldd', [program]);
  return [...output.matchAll(/=> (\/\S+)|^\s*(\/\S+) \(/gm)].map(
    ([, named, loader]) => named ?? loader ?? '',
  );
}
