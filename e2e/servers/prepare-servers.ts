import { type Deployment } from '../engine/deployment.js';
import { addGeneratedStack } from './add-generated-stack.js';
import { IMAGES } from './images.js';

/**
 * Makes a copy of this workspace deploy what answers clients: the built images of GitHub's and Pulumi's server, and the
 * reference server that shows all of MCP (everything), in a stack that the generator made.
 */
export async function prepareServers(deployment: Deployment): Promise<void> {
  await addGeneratedStack(deployment, {
    name: 'everything-mcp',
    image: IMAGES.everything,
    port: 3001,
    path: '/mcp',
  });
  deployment.set('everything-mcp', 'cluster', { context: process.env.E2E_CONTEXT });
  deployment.set('github-mcp', 'githubMcp/image', IMAGES.githubHttp);
  deployment.set('pulumi-mcp', 'pulumiMcp/image', IMAGES.pulumi);
}
