import { ProblemsError, type Problem } from '@mcp-stacks/problem';
import { isSecret, Output, output, type Input } from '@pulumi/pulumi';

/** Whether a value is promised, so that validation before the first child cannot see it. */
export function isPromised(value: unknown): value is Output<unknown> | Promise<unknown> {
  return Output.isInstance(value) || value instanceof Promise;
}

/**
 * A promised value, passed on only if nothing is wrong with it: what is built from it is registered after the check.
 * A plain value is passed on as it is: it was checked with all the others.
 */
export function gated(
  subject: string,
  value: Input<string>,
  problemsOf: (value: string) => Iterable<Problem>,
): Input<string> {
  if (!isPromised(value)) return value;
  return output(value).apply((resolved) => {
    ProblemsError.throwIfAny(subject, [...problemsOf(resolved)]);
    return resolved;
  });
}

/**
 * A value that will stand in plain text in an object that many can read. A promised one is passed on only if it is
 * no Pulumi secret: it would be readable in the cluster, and would turn the whole object's preview into `[secret]`.
 */
export function inPlainText(subject: string, where: string, value: Input<string>): Input<string> {
  if (!isPromised(value)) return value;
  const promised = output(value);
  // Asked of the output, not inside its apply, so that a secret is refused in the preview where it is yet unknown.
  return output(isSecret(promised)).apply((secret) => {
    if (secret) {
      throw new ProblemsError(subject, [
        {
          where,
          found: 'a Pulumi secret',
          expected: 'a value that anyone who can read the object in the cluster may see',
          remedy: 'Put it into `args.secrets` and refer to it with a `secretKeyRef` or a mounted volume.',
        },
      ]);
    }
    return promised;
  });
}
