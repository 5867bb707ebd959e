import { schemaText, stackSchema } from '@mcp-stacks/config-docs';
import { readWorkspace } from '@mcp-stacks/workspace';
import { readFileSync } from 'node:fs';
import { root } from '../workspace/temporary-workspace.js';

test.each(readWorkspace(root).stacks.map((stack) => [stack.name, stack] as const))(
  'the editor schema of %s is what its program says (else: npm run docs)',
  (_name, stack) => {
    const schema = stackSchema(stack);
    expect(readFileSync(schema.file, 'utf8')).toBe(schemaText(schema));
  },
);
