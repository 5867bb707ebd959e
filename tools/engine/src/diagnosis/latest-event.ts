import type { EventEvidence } from './rollout-evidence.js';

/**
 * The newest event with one of the reasons.
 *
 * @param message What its message must match. @default anything
 * @param container The container that it must be about. @default any object
 */
export function latestEvent(
  events: readonly EventEvidence[],
  reasons: readonly string[],
  message = /(?:)/,
  container?: string,
): EventEvidence | undefined {
  const time = ({ lastTimestamp, eventTime }: EventEvidence) => Number(lastTimestamp ?? eventTime ?? 0);
  return events
    .filter(({ reason }) => reasons.includes(reason ?? ''))
    .filter((event) => message.test(event.message ?? ''))
    .filter(
      ({ involvedObject: { fieldPath } }) =>
        container === undefined || fieldPath?.includes(`{${container}}`) === true,
    )
    .sort((one, other) => time(one) - time(other))
    .at(-1);
}
