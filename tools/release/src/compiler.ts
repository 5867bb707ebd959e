import type { Problem } from '@mcp-stacks/problem';
import { join, relative } from 'node:path';
import ts from 'typescript';

/** Compiles packages one after the other; what they have in common is read once. */
export class Compiler {
  private readonly sources = new Map<string, ts.SourceFile | undefined>();

  /** @param root The workspace's root, absolute. */
  constructor(private readonly root: string) {}

  /**
   * Compiles a package by its `tsconfig.lib.json` into a folder that holds nothing yet, so that no output of a source
   * that has gone comes along. No maps: they would point at sources that nobody gets.
   *
   * @param folder The package's folder, absolute.
   * @returns What is wrong with its code.
   */
  compile(folder: string, outDir: string): readonly Problem[] {
    const config = join(folder, 'tsconfig.lib.json');
    const parsed = ts.getParsedCommandLineOfConfigFile(
      config,
      {
        outDir,
        composite: false,
        incremental: false,
        declaration: true,
        declarationMap: false,
        sourceMap: false,
      },
      { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined },
    );
    if (parsed === undefined) return [this.problem(config, 'no configuration that TypeScript can read')];
    const options = { ...parsed.options, tsBuildInfoFile: undefined };
    const host = ts.createCompilerHost(options);
    const read = host.getSourceFile.bind(host);
    host.getSourceFile = (file, ...rest) => {
      if (!this.sources.has(file)) this.sources.set(file, read(file, ...rest));
      return this.sources.get(file);
    };
    const program = ts.createProgram(parsed.fileNames, options, host);
    const { diagnostics } = program.emit();
    return [...parsed.errors, ...ts.getPreEmitDiagnostics(program), ...diagnostics].map(
      ({ file, start, messageText }) => {
        const line =
          file && start !== undefined ? `:${file.getLineAndCharacterOfPosition(start).line + 1}` : '';
        return this.problem(
          `${file?.fileName ?? config}${line}`,
          ts.flattenDiagnosticMessageText(messageText, ' '),
        );
      },
    );
  }

  private problem(file: string, found: string): Problem {
    return {
      where: relative(this.root, file),
      found,
      expected: 'code that compiles',
      remedy: 'npx nx run-many -t typecheck shows all of it',
    };
  }
}
