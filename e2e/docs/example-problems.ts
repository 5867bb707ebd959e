import type { Problem } from '@mcp-stacks/problem';
import { join } from 'node:path';
import {
  createCompilerHost,
  createProgram,
  createSourceFile,
  flattenDiagnosticMessageText,
  getPreEmitDiagnostics,
  ModuleDetectionKind,
  parseJsonConfigFileContent,
  readConfigFile,
  sys,
} from 'typescript';
import type { CodeBlock, MarkdownFile } from './markdown-file.js';

/** A block of TypeScript and the file that it stands in. */
export interface Example {
  readonly file: MarkdownFile;
  readonly block: CodeBlock;
}

/** The TypeScript in Markdown files: each block is a module that is complete in itself. */
export function examplesIn(files: Iterable<MarkdownFile>): readonly Example[] {
  return [...files].flatMap((file) =>
    file.blocks
      .filter(({ language }) => ['ts', 'typescript'].includes(language))
      .map((block) => ({ file, block })),
  );
}

/** Every error that the compiler finds in examples, with this workspace's options and the libraries as they are built. */
export function exampleProblems(examples: readonly Example[], root: string): readonly Problem[] {
  const config: unknown = readConfigFile(join(root, 'tsconfig.base.json'), (file) =>
    sys.readFile(file),
  ).config;
  const { options } = parseJsonConfigFileContent(config, sys, root);
  const sources = new Map(
    examples.map((example) => [join(root, 'e2e', 'docs', `${nameOf(example)}.ts`), example] as const),
  );
  const compilerOptions = {
    ...options,
    types: ['node', 'jest'],
    composite: false,
    declarationMap: false,
    noEmit: true,
    // An example shows what is made; it need not use it.
    noUnusedLocals: false,
    moduleDetection: ModuleDetectionKind.Force,
  };
  const host = createCompilerHost(compilerOptions);
  const fileExists = host.fileExists.bind(host);
  const getSourceFile = host.getSourceFile.bind(host);
  host.fileExists = (file) => sources.has(file) || fileExists(file);
  host.getSourceFile = (file, options, ...rest) => {
    const example = sources.get(file);
    return example === undefined
      ? getSourceFile(file, options, ...rest)
      : createSourceFile(file, example.block.text, options);
  };
  const program = createProgram([...sources.keys()], compilerOptions, host);
  return getPreEmitDiagnostics(program).map(({ file, start = 0, messageText }) => {
    const example = sources.get(file?.fileName ?? '');
    const position = file?.getLineAndCharacterOfPosition(start);
    const line = (position?.line ?? 0) + (example?.block.line ?? 1);
    const source = example?.block.text.split('\n')[position?.line ?? 0]?.trim();
    return {
      where: `${example?.file.path ?? file?.fileName ?? 'TypeScript'}:${String(line)}`,
      found: source ?? 'an error',
      expected: flattenDiagnosticMessageText(messageText, ' '),
      remedy: 'correct the example; it is complete in itself, imports and all',
    };
  });
}

/** A name for what is made of an example. */
export function nameOf({ file, block }: Example): string {
  return `${file.path.replace(/\W+/g, '-')}-${String(block.line)}`;
}
