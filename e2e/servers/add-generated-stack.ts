import { type Tree, writeJson } from '@nx/devkit';
import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { ModuleKind, transpileModule } from 'typescript';
import { type Deployment } from '../engine/deployment.js';
import { root } from '../workspace/temporary-workspace.js';

/** What `npx nx generate @mcp-stacks/nx-pulumi:mcp-stack` asks. */
export interface GeneratedStack {
  readonly name: string;
  readonly image: string;
  readonly port: number;
  readonly path: string;
}

/** Adds a stack with one more server to a copy of this workspace: what the generator makes of these few lines. */
export async function addGeneratedStack(deployment: Deployment, stack: GeneratedStack): Promise<void> {
  const tree = createTreeWithEmptyWorkspace();
  writeJson(tree, 'package.json', JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as object);
  writeJson(tree, 'tsconfig.json', { files: [], references: [] });
  for (const library of readdirSync(join(root, 'libs'))) copy(root, tree, `libs/${library}/package.json`);
  for (const file of readdirSync(join(deployment.root, 'stacks', 'namespace-rbac'))) {
    if (file !== 'dist') copy(deployment.root, tree, `stacks/namespace-rbac/${file}`);
  }
  const before = new Set(tree.listChanges().map(({ path, content }) => `${path}\n${String(content)}`));
  // Prettier loads itself in a way that Jest does not know.
  process.env.NX_SKIP_FORMAT = 'true';
  await generator()(tree, stack);
  for (const { path, content } of tree.listChanges()) {
    if (content === null || !path.startsWith('stacks/') || before.has(`${path}\n${content.toString()}`))
      continue;
    write(join(deployment.root, path), content.toString());
    if (!path.endsWith('.ts')) continue;
    const compiled = transpileModule(content.toString(), {
      compilerOptions: { module: ModuleKind.CommonJS, esModuleInterop: true },
    });
    write(
      join(deployment.root, path.replace('/src/', '/dist/').replace(/\.ts$/, '.js')),
      compiled.outputText,
    );
  }
}

/** The generator, from where Nx finds it: the plugin's own list. */
function generator(): (tree: Tree, options: GeneratedStack) => Promise<unknown> {
  const load = createRequire(__filename);
  const list = load.resolve('@mcp-stacks/nx-pulumi/generators.json');
  const { generators } = JSON.parse(readFileSync(list, 'utf8')) as {
    readonly generators: { readonly 'mcp-stack': { readonly factory: string } };
  };
  const [file = '', name = ''] = generators['mcp-stack'].factory.split('#');
  const plugin = load(join(dirname(list), file)) as Record<string, ReturnType<typeof generator>>;
  if (plugin[name] === undefined) throw new Error(`${file} exports no ${name}`);
  return plugin[name];
}

function copy(from: string, tree: Tree, path: string): void {
  tree.write(path, readFileSync(join(from, path)));
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
