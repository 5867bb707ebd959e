import { parseObjects } from '../src/objects/object-set.js';
import { requireSameObjects } from '../src/objects/require-same-objects.js';

const service = (port: number, name = 'a') =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: ${name}, namespace: tools, labels: null }\nspec: { ports: [{ port: ${port} }] }\n`;

test('the same objects in another order, with comments and empty documents', () => {
  const one = parseObjects(`${service(1)}---\n${service(2, 'b')}`);
  const other = parseObjects(`---\n# Source: chart\n${service(2, 'b')}---\n---\n${service(1)}`);
  expect(() => {
    requireSameObjects('cdk8s', one, other);
  }).not.toThrow();
});

test('each object that is missing, one too many or different is named', () => {
  const one = parseObjects(`${service(1)}---\n${service(2, 'b')}`);
  const other = parseObjects(`${service(8080)}---\n${service(2, 'c')}`);
  expect(() => {
    requireSameObjects('cdk8s', one, other);
  }).toThrowErrorMatchingSnapshot();
});
