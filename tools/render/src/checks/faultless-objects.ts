import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Manifest } from '../manifests/manifest.js';

/** Beyond this many objects the file is begun anew: what changed has left its former states behind. */
const MOST = 50_000;

/**
 * The objects in which the schema check found nothing, as fingerprints, so that it need not look at them again; one
 * with a problem is checked each time.
 */
export class FaultlessObjects {
  readonly #known: Set<string>;
  readonly #added = new Set<string>();

  /**
   * @param file Where they are kept between runs. Absent: only for this one.
   */
  constructor(private readonly file?: string) {
    this.#known = new Set(file === undefined ? [] : readLines(file));
    if (this.#known.size > MOST) {
      this.#known.clear();
      rmSync(this.file ?? '', { force: true });
    }
  }

  /**
   * Those of former runs with the very same check: of other code, packages or Node nothing is taken over.
   *
   * @param folder Where they are kept.
   * @param packages The file that tells which packages are installed; where there is none, nothing is kept.
   */
  static ofFormerRuns(folder: string, packages: string): FaultlessObjects {
    const judges = ['faultless-objects.js', 'object-models.js', 'observe-reads.js', 'schema-problems.js'];
    try {
      const hash = createHash('sha256').update(process.version).update(readFileSync(packages));
      for (const judge of judges) hash.update(readFileSync(join(__dirname, judge)));
      return new FaultlessObjects(join(folder, hash.digest('hex').slice(0, 32)));
    } catch (error) {
      if ((error as { code?: unknown }).code !== 'ENOENT') throw error;
      return new FaultlessObjects();
    }
  }

  /** What tells an object from every other, for `has` and `add`. */
  fingerprint({ object, isPatch }: Manifest): string {
    return createHash('sha256')
      .update(JSON.stringify([isPatch, object]))
      .digest('base64')
      .slice(0, 32);
  }

  has(fingerprint: string): boolean {
    return this.#known.has(fingerprint);
  }

  add(fingerprint: string): void {
    this.#known.add(fingerprint);
    this.#added.add(fingerprint);
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
      appendFileSync(this.file, [...this.#added, ''].join('\n'));
    } catch {
      // The next run checks again.
    }
  }
}

function readLines(file: string): readonly string[] {
  try {
    return readFileSync(file, 'utf8').split('\n').filter(Boolean);
  } catch {
    return [];
  }
}
