import { RunError } from '@pulumi/pulumi';
import { describeValue, type Problem, ProblemsError } from '../src/index.js';

const problem: Problem = { where: 'a.b', found: '"x"', expected: 'a number', remedy: 'change b' };

test('all problems stand in one message, each in its four parts', () => {
  expect(new ProblemsError('Pulumi.dev.yaml', [problem, { ...problem, where: 'a.c' }]).message).toBe(
    [
      'Pulumi.dev.yaml: 2 problems',
      '',
      '  1. a.b',
      '       found:    "x"',
      '       expected: a number',
      '       fix:      change b',
      '',
      '  2. a.c',
      '       found:    "x"',
      '       expected: a number',
      '       fix:      change b',
    ].join('\n'),
  );
});

test('the engine takes it for a message to users, and prints no stack trace', () => {
  expect(RunError.isInstance(new ProblemsError('x', [problem]))).toBe(true);
});

test('no problem, no error', () => {
  expect(() => {
    ProblemsError.throwIfAny('x', []);
  }).not.toThrow();
  expect(() => {
    ProblemsError.throwIfAny('x', [problem]);
  }).toThrow('x: 1 problem\n');
});

test.each([
  [undefined, 'nothing'],
  [null, 'null'],
  ['a', '"a"'],
  [{ a: [1] }, '{"a":[1]}'],
  ['x'.repeat(200), `"${'x'.repeat(119)}…`],
])('the value %j reads %s', (value, text) => {
  expect(describeValue(value)).toBe(text);
});
