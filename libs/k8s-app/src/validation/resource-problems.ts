import { describeValue, type Problem } from '@mcp-stacks/problem';
import type { ContainerArgs } from '../container-args.js';
import { argumentPath } from './paths.js';
import { parseQuantity } from './quantity.js';

/** Problems of a container's requests and limits, as far as they are plain values. */
export function* resourceProblems(
  where: string,
  { requests = {}, limits = {} }: NonNullable<ContainerArgs['resources']>,
): Generator<Problem> {
  for (const [kind, quantities] of Object.entries({ requests, limits })) {
    for (const [resource, quantity] of Object.entries(quantities)) {
      if (typeof quantity === 'string') {
        yield* quantityProblems(argumentPath(where, kind, resource), resource, quantity);
      }
    }
  }
  for (const [resource, request] of Object.entries(requests)) {
    const limit = limits[resource];
    if (typeof request !== 'string' || typeof limit !== 'string') continue;
    const [requested, limited] = [parseQuantity(request), parseQuantity(limit)];
    // The tolerance is for binary fractions: 0.1 and 100m are one quantity.
    if (requested !== undefined && limited !== undefined && requested > limited * (1 + 1e-12)) {
      yield {
        where: argumentPath(where, 'requests', resource),
        found: describeValue(request),
        expected: `at most the limit, ${limit}`,
        remedy: 'Lower the request or raise the limit.',
      };
    }
  }
}

function* quantityProblems(where: string, resource: string, quantity: string): Generator<Problem> {
  const found = describeValue(quantity);
  if (parseQuantity(quantity) === undefined) {
    yield {
      where,
      found,
      expected: 'a Kubernetes quantity: a number with an optional suffix, as 100m, 0.5, 256Mi, 1Gi',
      remedy: 'Correct the number or the suffix.',
    };
  } else if (resource !== 'cpu' && quantity.endsWith('m')) {
    yield {
      where,
      found,
      expected: 'whole units: the suffix m means thousandths',
      remedy: 'For mebibytes write Mi.',
    };
  }
}
