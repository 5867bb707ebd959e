import { ProblemsError } from '@mcp-stacks/problem';
import { readWorkspace, upstreamClosure } from '@mcp-stacks/workspace';
import { AggregateCreateNodesError, type CreateNodes, type CreateNodesResult } from '@nx/devkit';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packageClosure } from './package-closure.js';
import { RENDERER, stackTargets } from './stack-targets.js';

/**
 * Infers the targets of every Pulumi project from its files: `render` for each environment, and the live ones.
 *
 * `environments.yaml` is matched too, so that the graph is made anew when it changes.
 */
export const createNodes: CreateNodes = [
  '{environments.yaml,stacks/*/Pulumi*.yaml}',
  (_files, _options, { workspaceRoot }) => {
    try {
      return infer(workspaceRoot);
    } catch (error) {
      if (!(error instanceof ProblemsError)) throw error;
      // Nx prints the stack, which tells the author of a file nothing.
      error.stack = error.message;
      throw new AggregateCreateNodesError([[null, error]], []);
    }
  },
];

function infer(root: string): (readonly [string, CreateNodesResult])[] {
  const workspace = readWorkspace(root);
  const renderer = existsSync(join(root, RENDERER.folder)) ? [join(root, RENDERER.folder)] : [];
  const rendererFolders = packageClosure(root, renderer).folders;
  return workspace.stacks.map((stack) => {
    const chain = upstreamClosure(workspace, [stack.name]);
    const { npmPackages } = packageClosure(root, [...chain.map(({ folder }) => folder), ...renderer]);
    const targets = stackTargets({ stack, chain, rendererFolders, npmPackages });
    return [
      `${stack.path}/Pulumi.yaml`,
      {
        projects: {
          [stack.path]: {
            root: stack.path,
            // Stacks are joined by outputs, not by code: whoever builds on this one compiles nothing of it.
            namedInputs: { exported: [] },
            targets,
            metadata: {
              technologies: ['pulumi'],
              targetGroups: {
                Preview: Object.keys(targets).filter((name) => name.startsWith('render')),
                Live: Object.keys(targets).filter((name) => !name.startsWith('render')),
              },
            },
          },
        },
      },
    ];
  });
}
