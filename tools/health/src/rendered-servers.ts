import type { ServerReference } from './server-reference.js';

/** The label of the Services of MCP servers (`McpServer`). */
export const SERVER_LABEL = { key: 'app.kubernetes.io/component', value: 'mcp-server' } as const;

/**
 * The MCP servers that stacks make, by what their programs state now: no engine and no state is needed.
 *
 * @param root The workspace's folder.
 * @param stacks Names of stacks. @default all
 * @throws ChainProblemsError or ProblemsError for what their configuration has wrong.
 */
export async function renderedServers(
  root: string,
  environment: string,
  stacks?: readonly string[],
): Promise<readonly ServerReference[]> {
  // Loaded here: it brings Pulumi's SDK, which no other way to here needs.
  const { renderChain } = await import('@mcp-stacks/render');
  const chain = await renderChain({
    root,
    environments: [environment],
    ...(stacks !== undefined && { stacks }),
  });
  return chain.environments.flatMap((rendered) =>
    rendered.stacks
      .filter(({ selected }) => selected)
      .flatMap(({ stack, manifests }) =>
        manifests
          .map(({ object }) => object)
          .filter(
            ({ kind, metadata }) =>
              kind === 'Service' && metadata.labels?.[SERVER_LABEL.key] === SERVER_LABEL.value,
          )
          .map(({ metadata }) => ({
            stack: stack.name,
            namespace: metadata.namespace ?? 'default',
            name: metadata.name,
          })),
      ),
  );
}
