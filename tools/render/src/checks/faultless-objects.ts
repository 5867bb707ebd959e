import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Manifest } from '../manifests/manifest.js';
import { CACHE_FOLDER, INSTALLED_PACKAGES } from '../start/cache-folder.js';

/** Beyond this many characters the file is begun anew: what changed has left its former states behind. */
const MOST = 2 ** 24;

/** The code that decides what is faultless and how it is written, in the folder above. */
const JUDGES = [
  ...['faultless-objects', 'object-models', 'observe-reads', 'schema-problems'].map(
    (name) => `checks/${name}`,
  ),
  ...['field-path', 'kubernetes-object', 'manifest-order', 'manifest-yaml'].map(
    (name) => `manifests/${name}`,
  ),
];

/**
 * The objects in which the schema check found nothing, each with its YAML, so that only what changed is checked and
 * written anew; one with a problem is checked each time.
 */
export class FaultlessObjects {
  readonly #yaml: Map<string, string>;
  readonly #added = new Map<string, string>();
  readonly #fingerprints = new WeakMap<object, string>();

  /**
   * @param file Where they are kept between runs. Absent: only for this one.
   */
  constructor(private readonly file?: string) {
    const text = file === undefined ? '' : readText(file);
    if (file !== undefined && text.length > MOST) rmSync(file, { force: true });
    this.#yaml = new Map(text.length > MOST ? [] : text.split('\n').flatMap(readLine));
  }

  /**
   * Those of former runs with the very same check: of other code, packages or Node nothing is taken over.
   *
   * @param folder Where they are kept.
   * @param packages The file that tells which packages are installed; where there is none, nothing is kept.
   */
  static ofFormerRuns(
    folder = join(CACHE_FOLDER, 'faultless'),
    packages = INSTALLED_PACKAGES,
  ): FaultlessObjects {
    try {
      const hash = createHash('sha256').update(process.version).update(readFileSync(packages));
      for (const judge of JUDGES) hash.update(readFileSync(join(__dirname, '..', `${judge}.js`)));
      return new FaultlessObjects(join(folder, hash.digest('hex').slice(0, 32)));
    } catch (error) {
      if ((error as { code?: unknown }).code !== 'ENOENT') throw error;
      return new FaultlessObjects();
    }
  }

  /** The object's YAML; `undefined` of one that is not known to be faultless. */
  yaml(manifest: Manifest): string | undefined {
    return this.#yaml.get(this.#fingerprint(manifest));
  }

  add(manifest: Manifest, yaml: string): void {
    const fingerprint = this.#fingerprint(manifest);
    this.#yaml.set(fingerprint, yaml);
    this.#added.set(fingerprint, yaml);
  }

  /** Keeps what was added for the next run, and nothing of other checks. Where it may not write, it does not. */
  save(): void {
    if (this.file === undefined || this.#added.size === 0) return;
    const folder = dirname(this.file);
    try {
      mkdirSync(folder, { recursive: true });
      for (const other of readdirSync(folder)) {
        if (join(folder, other) !== this.file) rmSync(join(folder, other), { force: true });
      }
      // Whole lines at once, so that runs side by side do not mix theirs.
      const lines = [...this.#added].map((entry) => `${JSON.stringify(entry)}\n`);
      appendFileSync(this.file, lines.join(''));
    } catch {
      // The next run checks again.
    }
  }

  /** What tells an object from every other. */
  #fingerprint(manifest: Manifest): string {
    const known = this.#fingerprints.get(manifest);
    if (known !== undefined) return known;
    const { object, isPatch } = manifest;
    const fingerprint = createHash('sha256')
      .update(JSON.stringify([isPatch, object]))
      .digest('base64')
      .slice(0, 32);
    this.#fingerprints.set(manifest, fingerprint);
    return fingerprint;
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** The entry of a line; nothing where the line is not whole. */
function readLine(line: string): readonly (readonly [fingerprint: string, yaml: string])[] {
  try {
    const entry: unknown = JSON.parse(line);
    const [fingerprint, yaml] = entry instanceof Array ? (entry as readonly unknown[]) : [];
    return typeof fingerprint === 'string' && typeof yaml === 'string' ? [[fingerprint, yaml]] : [];
  } catch {
    return [];
  }
}
