/**
 * Loaded with `--require`: registers ts-node as Pulumi's Node host does before it loads a TypeScript program
 * (`cmd/run/run.ts` of `@pulumi/pulumi`), with the host's own choice of the TypeScript and ts-node that it finds.
 */
import * as tsutils from '@pulumi/pulumi/tsutils.js';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';

/** Exported, but left out of the declaration file as internal. */
const { loadTypeScriptCompilerOptions, typeScriptRequireStrings } = tsutils as unknown as {
  readonly loadTypeScriptCompilerOptions: (file: string) => Record<string, unknown>;
  readonly typeScriptRequireStrings: () => { tsnodeRequire: string; typescriptRequire: string };
};

const project = 'tsconfig.json';
const compilerOptions = loadTypeScriptCompilerOptions(project);
const { tsnodeRequire, typescriptRequire } = typeScriptRequireStrings();
const asked = process.env.PULUMI_NODEJS_TRANSPILE_ONLY;
const { register } = createRequire(__filename)(tsnodeRequire) as {
  readonly register: (options: object) => void;
};
register({
  compiler: typescriptRequire,
  transpileOnly: asked === undefined || asked === '' ? compilerOptions.noCheck : asked === 'true',
  project,
  skipProject: !existsSync(project),
  compilerOptions: {
    target: 'ES2020',
    module: 'nodenext',
    moduleResolution: 'nodenext',
    sourceMap: 'true',
    ...compilerOptions,
  },
});
