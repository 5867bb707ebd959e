/** The environment without what npm and the Nx that runs this test put into it, which would lead back to this workspace. */
export function outsideEnvironment(added: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(NX_|npm_(?!config_registry)|JEST_|FORCE_COLOR$)/i.test(name),
  );
  return { ...Object.fromEntries(inherited), NO_COLOR: '1', ...added };
}
