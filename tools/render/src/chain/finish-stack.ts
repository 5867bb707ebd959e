import { describeValue } from '@mcp-stacks/problem';
import { objectName } from '../manifests/kubernetes-object.js';
import { reachOf } from '../report/reach.js';
import { type Surroundings } from '../report/surroundings.js';
import { standInsPath } from '../inputs/read-stand-ins.js';
import { type RenderedStack } from './rendered-chain.js';
import { type StackRun } from './run-environment.js';

/**
 * What a stack's run comes to, for the table.
 *
 * @param around What selects the pods of the environment: a network policy of one stack concerns those of another.
 */
export function finishStack(
  { stack, recording, converted, standIns }: StackRun,
  environment: string,
  selected: boolean,
  around: (namespace: string) => Surroundings,
): RenderedStack {
  const { manifests, leftOut, notRendered, owned } = converted;
  const read = new Set(recording.stackReferences);
  const said = (wanted: string): string[] => [
    ...new Set(
      recording.logs.filter(({ severity }) => severity === wanted).map(({ message }) => message.trim()),
    ),
  ];
  return {
    stack,
    environment,
    selected,
    manifests,
    leftOut,
    notRendered,
    kept: owned.flatMap(({ object, resource: { options } }) => {
      const how = [
        ...(options.protect === true ? ['protected'] : []),
        ...(options.retainOnDelete === true ? ['retained'] : []),
      ];
      return how.length === 0 ? [] : [`${objectName(object)} (${how.join(', ')})`];
    }),
    assumed: [...standIns]
      .filter(([name]) => read.has(name))
      .map(([name, outputs]) => ({ stack: name, outputs: leaves(outputs, '') })),
    reach: reachOf(
      manifests.map(({ object }) => object),
      around,
    ),
    warnings: [
      ...said('warning'),
      ...[...standIns.keys()]
        .filter((name) => !read.has(name))
        .map((name) => `${standInsPath(stack, environment)}: nothing reads ${name}`),
    ],
    notes: said('info'),
  };
}

/** `a.b = value` for each plain value inside. */
function leaves(value: unknown, path: string): readonly string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [`${path} = ${typeof value === 'string' ? value : describeValue(value)}`];
  }
  return Object.entries(value).flatMap(([key, item]) => leaves(item, path === '' ? key : `${path}.${key}`));
}
