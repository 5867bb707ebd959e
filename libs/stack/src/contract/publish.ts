import { type Problem, ProblemsError } from '@mcp-stacks/problem';
import * as pulumi from '@pulumi/pulumi';
import type { z } from 'zod';
import { schemaProblems } from '../config/schema-problems.js';
import type { Contract, Published } from './contract.js';

/**
 * The outputs of the publishing stack, checked against its contract: plain values at once, promised ones when they
 * are known. An output that is not in the contract, or missing, does not compile.
 *
 * @throws ProblemsError with every output that is not as promised.
 */
export function publish<S extends z.ZodObject>(
  contract: Contract<S>,
  outputs: Published<S>,
): Record<string, pulumi.Output<unknown>> {
  const given = outputs as Record<string, unknown>;
  const shape = contract.outputs.shape as Record<string, z.ZodType>;
  // What is promised cannot be checked yet: here it only has to be there.
  const now = Object.fromEntries(
    Object.entries(given).filter(([, value]) => !pulumi.Output.isInstance(value)),
  );
  check(
    contract.stack,
    schemaProblems(contract.outputs, now, '').filter(({ where }) => !pulumi.Output.isInstance(given[where])),
  );
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [
      name,
      pulumi.output(value as pulumi.Input<object>).apply((known) => {
        const schema = shape[name];
        // A promised value may be a secret: a message never shows it.
        if (schema !== undefined)
          check(
            contract.stack,
            schemaProblems(schema, known, name, () => 'another value'),
          );
        return known;
      }),
    ]),
  );
}

function check(stack: string, problems: readonly Problem[]): void {
  ProblemsError.throwIfAny(`The outputs that ${stack} publishes`, problems);
}
