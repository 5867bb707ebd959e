/** A value that the program marked as secret: opaque when printed, so that no log or file shows it by accident. */
export class SecretValue {
  readonly #value: unknown;

  constructor(value: unknown) {
    this.#value = value;
  }

  /** The value itself; hand it on, never print it. */
  get value(): unknown {
    return this.#value;
  }

  /** What a log shows of it. */
  toJSON(): string {
    return '[secret]';
  }
}

/** A value that only a deployment could tell. */
export class UnknownValue {
  /** What a log shows of it. */
  toJSON(): string {
    return '[unknown]';
  }
}
