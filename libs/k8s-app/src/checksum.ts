import { createHash, createHmac } from 'node:crypto';

/** Contents of several ConfigMaps or Secrets: name of the object, key, value. */
export type Contents = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** SHA-256 of the contents, in hexadecimal; the order in which they were written plays no part. */
export function configChecksum(contents: Contents): string {
  return createHash('sha256').update(canonical(contents)).digest('hex');
}

/**
 * A fingerprint of secret contents that may stand in a pod's annotation, which many more people can read than the
 * Secret.
 *
 * Keyed with the workload's namespace and name, so that equal secrets of two workloads do not show as equal and no
 * table computed beforehand fits. The key is public, so whoever guesses a whole secret could check the guess;
 * 40 bits are enough to notice every change and leave the check of guesses so ambiguous (one in 2^40 matches by
 * chance) that a long random secret cannot be recovered from it. It is no protection for a password from a list.
 *
 * @returns 10 hexadecimal digits.
 */
export function secretChecksum(workload: { namespace: string; name: string }, contents: Contents): string {
  return createHmac('sha256', `${workload.namespace}/${workload.name}`)
    .update(canonical(contents))
    .digest('hex')
    .slice(0, 10);
}

/** Lists instead of records: their order is the one given here, and no key can be mistaken for a value. */
function canonical(contents: Contents): string {
  const sorted = <T>(record: Readonly<Record<string, T>>): [string, T][] =>
    Object.entries(record).sort(([one], [other]) => (one < other ? -1 : 1));
  return JSON.stringify(sorted(contents).map(([name, data]) => [name, sorted(data)]));
}
