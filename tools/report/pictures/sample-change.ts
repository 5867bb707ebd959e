import { renderChain, writeManifests, writeSummaries } from '@mcp-stacks/render';
// By name: compiled into another folder, it finds no ../src.
// eslint-disable-next-line @nx/enforce-module-boundaries
import { readRendering, type Rendering } from '@mcp-stacks/report';
import { copyStacks } from '@mcp-stacks/workspace/copy-stacks';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What somebody might change in dev, as edits of the config's text. */
const EDITS: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  'github-mcp': [
    ['server:v1.4.0', 'server:v1.5.0'],
    ['    readOnly: true\n', '    readOnly: true\n    replicas: 2\n'],
    ['- namespace: mcp-stacks-dev', '- namespace: mcp-stacks-dev\n    - namespace: agents'],
  ],
  'namespace-rbac': [
    ["pods: '8'", "pods: '10'"],
    ['path: /var/tmp/mcp-stacks-shared', 'path: /var/lib/mcp-stacks'],
  ],
  'pulumi-mcp': [['enabled: true', 'enabled: false']],
};

/** The real stacks of a workspace in dev, and what they are after a change of their configuration. */
export async function sampleChange(
  root: string,
): Promise<{ readonly base: Rendering; readonly head: Rendering }> {
  const copy = mkdtempSync(join(tmpdir(), 'report-pictures-'));
  try {
    const stacks = copyStacks(root, copy, { linkPrograms: true });
    const base = await rendered(copy);
    for (const { name, path } of stacks) {
      const file = join(copy, path, 'Pulumi.dev.yaml');
      let text = readFileSync(file, 'utf8');
      for (const [before, after] of EDITS[name] ?? []) {
        if (!text.includes(before))
          throw new Error(`${path}/Pulumi.dev.yaml has no “${before}” to change any more`);
        text = text.replace(before, after);
      }
      writeFileSync(file, text);
    }
    return { base, head: await rendered(copy) };
  } finally {
    rmSync(copy, { recursive: true });
  }
}

async function rendered(root: string): Promise<Rendering> {
  const chain = await renderChain({ root, environments: ['dev'] });
  writeManifests(chain);
  writeSummaries(chain);
  const { environments } = readRendering(join(root, 'dist/render'));
  const order = chain.environments.flatMap(({ stacks }) => stacks.map(({ stack }) => stack.name));
  return {
    environments: environments.map(({ name, stacks }) => ({
      name,
      stacks: stacks.toSorted((one, other) => order.indexOf(one.stack) - order.indexOf(other.stack)),
    })),
  };
}
