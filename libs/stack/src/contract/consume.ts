import { describeValue, type Problem, ProblemsError } from '@mcp-stacks/problem';
import * as pulumi from '@pulumi/pulumi';
import type { z } from 'zod';
import { INTERPRETED } from '../config/interpreted.js';
import { pathText, schemaProblems } from '../config/schema-problems.js';
import type { Contract } from './contract.js';
import { readUpstreams } from './upstreams.js';

/**
 * The outputs of a stack of this workspace that the present one builds on, of the same environment, checked
 * against their contract before anything is registered.
 *
 * @param folder The consuming stack's folder: its `package.json` declares what it builds on.
 * @throws ProblemsError if the stack is not declared, was never deployed, or its outputs are not as promised; it
 *   names stack, output, expected shape and the command that mends it.
 */
export async function consume<S extends z.ZodObject>(
  contract: Contract<S>,
  folder: string,
): Promise<z.output<S>> {
  const environment = pulumi.getStack();
  const upstreams = readUpstreams(folder);
  if (!upstreams.includes(contract.stack)) {
    throw new ProblemsError(`${pulumi.getProject()} reads the outputs of ${contract.stack}`, [
      {
        where: 'nx.implicitDependencies in its package.json',
        found: describeValue(upstreams),
        expected: `${JSON.stringify(contract.stack)} among them: the graph of stacks is declared there`,
        remedy: `add ${JSON.stringify(contract.stack)}`,
      },
    ]);
  }
  const name = `${pulumi.getOrganization()}/${contract.stack}/${environment}`;
  const deploy = `npx nx run ${contract.stack}:up -c ${environment}`;
  const names = Object.keys(contract.outputs.shape);
  const outputs = await readOutputs(name, names, deploy);
  const given = Object.fromEntries(
    [...outputs].map(([output, { value, secret }]) => [output, secret ? pulumi.secret(value) : value]),
  );
  const problems = schemaProblems(contract.outputs, given, 'output ', (value, [output]) =>
    outputs.get(String(output))?.secret === true ? 'a secret' : describeValue(value),
  ).map((problem) => ({ ...problem, remedy: `deploy ${contract.stack} as it is now: ${deploy}` }));
  ProblemsError.throwIfAny(`The outputs of the stack ${name}`, problems);
  return contract.outputs.parse(given, INTERPRETED);
}

/** Where each wanted value stands among the outputs of a stack outside this workspace, as `outputs.account-name`. */
export type OutputPaths<S extends z.ZodObject> = { readonly [K in keyof z.output<S>]: string };

/**
 * Values from a stack outside this workspace, whose outputs have a shape of their own. Where such an output is secret
 * as a whole, since secretness is per output, the wanted values come plain all the same: want names only, never a
 * secret.
 *
 * @param name The full name of the stack: `organization/project/stack`.
 * @param paths For each value the output that holds it, and after a dot the key inside of it.
 * @param configKey The configuration key that holds `paths`, for messages.
 * @throws ProblemsError if the stack is not there or a value is missing or of another shape.
 */
export async function consumeOutside<S extends z.ZodObject>(
  name: string,
  paths: OutputPaths<S>,
  schema: S,
  configKey: string,
): Promise<z.output<S>> {
  const places = Object.entries<string>(paths).map(([key, path]) => {
    const [output = '', ...inner] = path.split('.');
    return { key, path, output, inner };
  });
  const outputs = await readOutputs(
    name,
    [...new Set(places.map((place) => place.output))],
    `deploy it where it lives, or correct the name in ${configKey}`,
  );
  const values: Record<string, unknown> = {};
  const problems: Problem[] = [];
  for (const { key, path, output, inner } of places) {
    const value = inner.reduce<unknown>(
      (at, part) =>
        typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[part] : undefined,
      outputs.get(output)?.value,
    );
    const shape = (schema.shape as Record<string, z.ZodType>)[key];
    if (shape === undefined) continue;
    problems.push(
      ...schemaProblems(shape, value, `output ${path}`, (found) =>
        found !== undefined && outputs.get(output)?.secret === true ? 'a secret' : describeValue(found),
      ).map((problem) => ({
        ...problem,
        remedy:
          `correct ${configKey}.${key}; the stack has ` +
          ([...outputs].flatMap(([one, { value: whole }]) => keyPaths(one, whole)).join(', ') ||
            'no such output'),
      })),
    );
    values[key] = value;
  }
  ProblemsError.throwIfAny(`The outputs of the stack ${name}`, problems);
  return schema.parse(values, INTERPRETED);
}

function keyPaths(name: string, value: unknown): readonly string[] {
  if (value === undefined) return [];
  if (typeof value !== 'object' || value === null) return [name];
  return Object.keys(value).map((key) => pathText(name, [key]));
}

/** One output of another stack. */
interface StackOutput {
  readonly value: unknown;
  readonly secret: boolean;
}

/** The outputs that are there, by name. */
async function readOutputs(
  stack: string,
  names: readonly string[],
  remedy: string,
): Promise<ReadonlyMap<string, StackOutput>> {
  // A StackReference to a stack that is not there ends the program without a word of ours: the engine stops it. So the
  // function behind older StackReferences asks first; its answer, in which secrets are plain, is not used.
  await pulumi.runtime.invoke('pulumi:pulumi:readStackOutputs', { name: stack }).catch((error: unknown) => {
    throw new ProblemsError(`${pulumi.getProject()} builds on the stack ${stack}`, [
      {
        where: `the stack ${stack}`,
        found: String(error).includes('unknown stack') ? 'no stack of this name' : String(error),
        expected: `a deployed stack with the outputs ${names.join(', ')}`,
        remedy,
      },
    ]);
  });
  const reference = new pulumi.StackReference(stack);
  const outputs = await Promise.all(
    names.map(async (name) => {
      const details = await reference.getOutputDetails(name);
      const secretValue: unknown = details.secretValue;
      const secret = secretValue !== undefined;
      return [name, { value: secret ? secretValue : (details.value as unknown), secret }] as const;
    }),
  );
  return new Map(outputs.filter(([, { value }]) => value !== undefined));
}
