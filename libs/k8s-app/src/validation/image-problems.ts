import { describeValue, type Problem } from '@mcp-stacks/problem';

/** A problem where an image would not be the same tomorrow: no tag, or `:latest`, and no digest either. */
export function* imageProblems(where: string, image: string): Generator<Problem> {
  const problem = (expected: string, remedy: string): Problem => ({
    where,
    found: describeValue(image),
    expected,
    remedy,
  });
  const [reference = '', digest, ...rest] = image.split('@');
  // A colon before the last slash belongs to the registry's port.
  const lastPart = reference.slice(reference.lastIndexOf('/') + 1);
  const [repository = '', tag, ...furtherTags] = lastPart.split(':');
  if (repository === '' || /\s/.test(image) || rest.length > 0 || furtherTags.length > 0) {
    yield problem(
      'an image reference: registry/repository:tag or registry/repository@sha256:…',
      'Write the whole reference.',
    );
  } else if (digest !== undefined) {
    if (!/^sha256:[0-9a-f]{64}$/.test(digest)) {
      yield problem('a digest of the form sha256: and 64 hexadecimal digits', 'Copy the whole digest.');
    }
  } else if (tag === undefined || tag === 'latest') {
    yield problem(
      'a fixed tag or digest: without one, a restarted pod may run another program than its neighbour',
      'Name a version, as in image:1.2.3, or pin the digest.',
    );
  } else if (!/^\w[\w.-]{0,127}$/.test(tag)) {
    yield problem('a tag of at most 128 letters, digits, `_`, `.` and `-`', 'Correct the tag.');
  }
}
