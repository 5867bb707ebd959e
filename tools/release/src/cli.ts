import { ProblemsError } from '@mcp-stacks/problem';
import { findWorkspaceRoot } from '@mcp-stacks/workspace';
import { relative } from 'node:path';
import { stagePackages } from './stage-packages.js';

try {
  const root = findWorkspaceRoot(process.cwd());
  for (const { name, version, folder } of stagePackages(root))
    console.log(`${name}@${version} in ${relative(root, folder)}`);
} catch (error) {
  console.error(error instanceof ProblemsError ? error.message : error);
  process.exitCode = 1;
}
