import { type Problem, ProblemsError } from '@mcp-stacks/problem';

/**
 * The tokens that `--bearer-env <server>=<variable>` names: a token never stands on a command line, where everybody on
 * the machine sees it.
 *
 * @returns Tokens by the name of the server.
 * @throws ProblemsError for all that is not so, without a value.
 */
export function readBearers(
  values: readonly string[],
  shell: Readonly<NodeJS.ProcessEnv>,
): ReadonlyMap<string, string> {
  const problems: Problem[] = [];
  const bearers = new Map<string, string>();
  for (const value of values) {
    const [, server, variable] = /^([a-z0-9][-a-z0-9]*)=([A-Za-z_][A-Za-z0-9_]*)$/.exec(value) ?? [];
    if (server === undefined || variable === undefined) {
      problems.push({
        where: '--bearer-env',
        // It may be a token, by mistake.
        found: 'something else (not shown: it may be a token)',
        expected: '<server>=<name of an environment variable>',
        remedy: '--bearer-env mcp-github=GITHUB_TOKEN, with the token in GITHUB_TOKEN',
      });
      continue;
    }
    const token = (shell[variable] ?? '').trim();
    if (token === '' || /[^\x21-\x7e]/.test(token)) {
      problems.push({
        where: `environment variable ${variable}, which --bearer-env names`,
        found: token === '' ? 'nothing' : 'a value with characters that no token has',
        expected: `a bearer token for ${server}`,
        remedy: `export ${variable}=…`,
      });
    }
    bearers.set(server, token);
  }
  ProblemsError.throwIfAny('bearer tokens', problems);
  return bearers;
}
