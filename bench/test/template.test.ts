import fc from 'fast-check';
import type { Json } from '../src/objects/object-set.js';
import { type Template, templateOf } from '../src/template/template.js';

/** What a template gives where its holes are filled for an environment. */
function fill(template: Template, environment: string): Json | undefined {
  switch (template.kind) {
    case 'same':
      return template.value;
    case 'map':
      return Object.fromEntries(
        template.fields
          .map(([key, value]) => [key, fill(value, environment)] as const)
          .filter((field): field is readonly [string, Json] => field[1] !== undefined),
      );
    case 'list':
      return template.items
        .map((item) => fill(item, environment))
        .filter((item): item is Json => item !== undefined);
    case 'hole':
      return template.values.get(environment);
  }
}

const json: fc.Arbitrary<Json> = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<Json>('a', 'b', 1, true),
    fc.array(tie('json'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('image', 'x', 'y', 'z'), tie('json'), { maxKeys: 3 }),
  ),
})).json;

test('a template gives every environment what it was made of', () => {
  fc.assert(
    fc.property(fc.array(json, { minLength: 1, maxLength: 3 }), (all) => {
      const values = new Map(all.map((value, index) => [`environment-${index}`, value]));
      const template = templateOf(values, values.size, []);
      for (const [environment, value] of values) expect(fill(template, environment)).toEqual(value);
    }),
  );
});

test('what all environments share stands in the template, what varies in their values', () => {
  const container = (image: string, args?: readonly string[]) => ({
    name: 'main',
    image,
    ...(args && { args }),
  });
  const template = templateOf(
    new Map<string, Json>([
      ['dev', { kind: 'Pod', containers: [container('a:1')] }],
      ['prod', { kind: 'Pod', containers: [container('a:2', ['--quiet']), container('b:1')] }],
    ]),
    2,
    ['Pod'],
  );
  expect(template).toMatchSnapshot();
});
