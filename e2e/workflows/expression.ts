import { runInNewContext } from 'node:vm';

/** What the expressions of a workflow may name: `github`, `inputs`, `vars`, `secrets`, `matrix`, `needs`, … */
export type Contexts = Readonly<Record<string, unknown>>;

/** The functions that the workflows use; a run that is played through was neither cancelled nor failed so far. */
const FUNCTIONS = {
  cancelled: () => false,
  failure: () => false,
  fromJSON: (text: string) => JSON.parse(text) as unknown,
  contains: (list: readonly unknown[], item: unknown) => list.includes(item),
};

/** The value of an expression as GitHub computes it: what is not there is an empty text. */
export function evaluate(expression: string, contexts: Contexts): unknown {
  // Texts stay as they are; outside of them, `inputs.nx-cache` is a path, not a difference.
  const script = expression.replace(/'[^']*'|\b[a-z]\w*(?:\.[\w-]+)+/g, (part) =>
    part.startsWith("'") ? part : `get(${JSON.stringify(part.split('.'))})`,
  );
  const get = (path: readonly string[]) =>
    path.reduce<unknown>((value, key) => (value as Contexts | undefined)?.[key], contexts) ?? '';
  return runInNewContext(script, { ...FUNCTIONS, get });
}

/** A text of a workflow with its expressions replaced. */
export function expand(text: string, contexts: Contexts): string {
  return text.replaceAll(/\$\{\{(.*?)\}\}/g, (_, expression: string) =>
    String(evaluate(expression.trim(), contexts)),
  );
}

/** Whether a condition holds; none does. */
export function holds(condition: string | undefined, contexts: Contexts): boolean {
  if (condition === undefined) return true;
  return Boolean(evaluate(condition.replace(/^\$\{\{(.*)\}\}$/s, '$1').trim(), contexts));
}
