/**
 * The path of an argument as its author would write it in TypeScript: `args.ports.http`, `args.volumes["my-cache"]`.
 */
export function argumentPath(parent: string, ...keys: readonly (string | number)[]): string {
  return keys.reduce<string>((path, key) => {
    if (typeof key === 'string' && /^[A-Za-z_$][\w$]*$/.test(key)) return `${path}.${key}`;
    return `${path}[${JSON.stringify(key)}]`;
  }, parent);
}
