import type { types } from '@pulumi/kubernetes';
import type { Input } from '@pulumi/pulumi';
import type { EnvValue } from './container-args.js';
import { isPromised } from './gates.js';

/** Whether a variable has a value of its own, instead of naming where it comes from. */
export function isLiteral(value: EnvValue): value is Input<string> {
  return typeof value === 'string' || isPromised(value);
}

/**
 * The variables by name, except that one whose plain value contains `$(OTHER)` comes after OTHER: Kubernetes expands
 * only what stands earlier in the list. In a promised value a reference is not seen.
 *
 * @param literal What becomes of a literal value.
 */
export function environment(
  env: Readonly<Record<string, EnvValue>>,
  literal: (name: string, value: Input<string>) => Input<string>,
): types.input.core.v1.EnvVar[] {
  const ordered = new Set<string>();
  const visit = (name: string, dependants: readonly string[]): void => {
    const value = env[name];
    if (value === undefined || ordered.has(name) || dependants.includes(name)) return;
    for (const other of typeof value === 'string' ? references(value) : [])
      visit(other, [...dependants, name]);
    ordered.add(name);
  };
  for (const name of Object.keys(env).sort()) visit(name, []);
  return [...ordered].flatMap((name) => {
    const value = env[name];
    if (value === undefined) return [];
    return [isLiteral(value) ? { name, value: literal(name, value) } : { name, valueFrom: value }];
  });
}

/** `$(NAME)` refers to a variable, `$$(NAME)` is that text. */
function references(value: string): string[] {
  return [...value.matchAll(/\$\$|\$\(([^)]+)\)/g)]
    .flatMap(([, name]) => (name === undefined ? [] : [name]))
    .sort();
}
