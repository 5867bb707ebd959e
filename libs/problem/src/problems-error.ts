import type { Problem } from './problem.js';

/**
 * All problems found at once, for the person who wrote the input.
 *
 * The Pulumi engine prints it as it reads, without a stack trace: its language host recognises a
 * `pulumi.RunError` by the marker property (`RunError.isInstance` in `@pulumi/pulumi/errors.ts`), and this
 * class carries the marker so that the tools can use it without loading the SDK, which takes a second.
 */
export class ProblemsError extends Error {
  /** @internal The marker that `pulumi.RunError.isInstance` looks for. */
  readonly __pulumiRunError = true;

  /**
   * @param subject What was being read or done, as the start of the message: `Pulumi.dev.yaml of github-mcp`.
   * @param problems At least one problem.
   */
  constructor(
    readonly subject: string,
    readonly problems: readonly Problem[],
  ) {
    super(formatProblems(subject, problems));
    this.name = 'ProblemsError';
  }

  /** Throws one error with all of them where there are any, and does nothing where there are none. */
  static throwIfAny(subject: string, problems: readonly Problem[]): void {
    if (problems.length > 0) throw new ProblemsError(subject, problems);
  }
}

/** The text of a list of problems: a headline with their number, then four lines for each. */
export function formatProblems(subject: string, problems: readonly Problem[]): string {
  const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
  const blocks = problems.map(
    (problem, index) =>
      `  ${index + 1}. ${problem.where}\n` +
      `       found:    ${problem.found}\n` +
      `       expected: ${problem.expected}\n` +
      `       fix:      ${problem.remedy}`,
  );
  return `${subject}: ${count}\n\n${blocks.join('\n\n')}`;
}

/** A remedy of several lines, set below one another where a problem is printed. */
export function remedyLines(...lines: readonly string[]): string {
  return lines.join(`\n${' '.repeat('       fix:      '.length)}`);
}
