import { everything, minimal } from './apps.js';
import { recordApp } from './run.js';

test.each([
  ['a minimal workload', () => minimal],
  ['a workload that uses every argument', everything],
])('%s', async (_title, args) => {
  const { resources } = await recordApp(args);
  const sorted = [...resources].sort((one, other) => (one.urn < other.urn ? -1 : 1));
  expect(
    sorted.map(({ urn, parent, inputs, options: { customTimeouts, dependsOn } }) => ({
      urn,
      parent,
      inputs,
      customTimeouts,
      dependsOn: [...dependsOn].sort(),
    })),
  ).toMatchSnapshot();
});
