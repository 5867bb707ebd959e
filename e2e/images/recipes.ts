import { join } from 'node:path';
import type { Image } from './image.ts';
import { bundledProgram, goProgram, npmPackages } from './programs.ts';
import VERSIONS from './versions.json' with { type: 'json' };

/** How each image is made, out of programs that are built or installed when it is asked for. */
export type Recipe = (cache: string) => Promise<Image>;

const PASSWD = (name: string, id: number): Image['texts'] => ({
  '/etc/passwd': {
    mode: 0o644,
    text: `root:x:0:0:root:/root:/bin/sh\n${name}:x:${id}:${id}:${name}:/home/${name}:/bin/sh\n`,
  },
  '/etc/group': { mode: 0o644, text: `root:x:0:\n${name}:x:${id}:\n` },
});

/** Laid out as upstream's Dockerfile does. */
const githubHttp: Recipe = async (cache) => {
  const { image, go } = VERSIONS.githubHttp;
  return {
    name: image,
    files: { '/server/github-mcp-server': await goProgram(cache, go) },
    entrypoint: ['/server/github-mcp-server'],
    command: ['stdio'],
    workingDirectory: '/server',
    user: '65532:65532',
  };
};

/**
 * The stdio server behind a bridge. Which bridge the real image has is not known: supergateway stands for it, and what
 * is known of the real one (port 8080, `/mcp`, MCP_PROXY_ALLOW_ORIGINS) holds here.
 */
const githubBridged: Recipe = async (cache) => {
  const { image, go, npm } = VERSIONS.githubBridged;
  const [program, bridge] = await Promise.all([goProgram(cache, go), npmPackages(cache, npm)]);
  return {
    name: image,
    files: { '/server/github-mcp-server': program, '/bridge': bridge },
    texts: {
      '/server/start.sh': {
        mode: 0o755,
        text: `#!/bin/sh
set -- --stdio '/server/github-mcp-server stdio' --outputTransport streamableHttp --stateful \\
  --port 8080 --streamableHttpPath /mcp
# A list of origins, or * for all, which is --cors without any.
case "$MCP_PROXY_ALLOW_ORIGINS" in
  '') ;;
  '*') set -- "$@" --cors ;;
  *) IFS=,; set -f; set -- "$@" --cors $MCP_PROXY_ALLOW_ORIGINS ;;
esac
exec node /bridge/node_modules/supergateway/dist/index.js "$@"
`,
      },
    },
    node: true,
    shell: true,
    entrypoint: ['/server/start.sh'],
    user: '1000:1000',
  };
};

/** Laid out as upstream's Dockerfile does. */
const kubernetes: Recipe = async (cache) => {
  const { image, go } = VERSIONS.kubernetes;
  return {
    name: image,
    files: { '/app/kubernetes-mcp-server': await goProgram(cache, go) },
    entrypoint: ['/app/kubernetes-mcp-server', '--port', '8080'],
    workingDirectory: '/app',
    user: '65532:65532',
  };
};

/** A server with sessions in memory. */
const everything: Recipe = async (cache) => {
  const { image, npm } = VERSIONS.everything;
  return {
    name: image,
    files: { '/app': await npmPackages(cache, npm) },
    node: true,
    entrypoint: ['node', '/app/node_modules/@modelcontextprotocol/server-everything/dist/index.js'],
    command: ['streamableHttp'],
    env: { PORT: '3001' },
    workingDirectory: '/app',
    user: '1000:1000',
  };
};

/** A stand-in: no registry serves `@pulumi/mcp-server`. Its USER is a name, as the real image's is. */
const pulumi: Recipe = async (cache) => {
  const entryPoint = join(import.meta.dirname, 'pulumi-mcp-fixture', 'main.ts');
  return {
    name: VERSIONS.pulumi.image,
    files: {
      '/usr/local/lib/node_modules/@pulumi/mcp-server/dist/index.js': await bundledProgram(
        cache,
        'pulumi-mcp-fixture',
        entryPoint,
      ),
    },
    texts: {
      ...PASSWD('pulumi', 1000),
      '/usr/local/bin/pulumi-mcp-server': {
        mode: 0o755,
        text: '#!/bin/sh\nexec node /usr/local/lib/node_modules/@pulumi/mcp-server/dist/index.js "$@"\n',
      },
    },
    node: true,
    shell: true,
    entrypoint: ['pulumi-mcp-server'],
    user: 'pulumi:pulumi',
  };
};

/** Laid out as the real image: the package's own folder is /app, and npm starts it, as root. */
const inspectorV1: Recipe = async (cache) => {
  const {
    image,
    npm: { npm, ...packages },
  } = VERSIONS.inspectorV1;
  const [inspector, npmItself] = await Promise.all([
    npmPackages(cache, packages),
    npmPackages(cache, { npm }),
  ]);
  return {
    name: image,
    files: {
      '/app': join(inspector, 'node_modules', '@modelcontextprotocol', 'inspector'),
      '/app/node_modules': join(inspector, 'node_modules'),
      '/usr/local/lib/node_modules/npm': join(npmItself, 'node_modules', 'npm'),
    },
    texts: {
      ...PASSWD('node', 1000),
      '/usr/local/bin/npm': {
        mode: 0o755,
        text: '#!/bin/sh\nexec node /usr/local/lib/node_modules/npm/bin/npm-cli.js "$@"\n',
      },
    },
    node: true,
    shell: true,
    entrypoint: ['npm', 'start'],
    workingDirectory: '/app',
    user: 'root:root',
  };
};

/** As the real image: `mcp-inspector`, bound to all interfaces unless told otherwise, as the user node. */
const inspectorV2: Recipe = async (cache) => {
  const { image, npm } = VERSIONS.inspectorV2;
  return {
    name: image,
    files: { '/usr/local/lib/inspector': await npmPackages(cache, npm) },
    texts: {
      ...PASSWD('node', 1000),
      '/usr/local/bin/mcp-inspector': {
        mode: 0o755,
        text: `#!/bin/sh
exec node /usr/local/lib/inspector/node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js "$@"
`,
      },
    },
    node: true,
    shell: true,
    entrypoint: ['mcp-inspector'],
    env: { HOST: '0.0.0.0', DANGEROUSLY_BIND_ALL_INTERFACES: 'true' },
    user: 'node:node',
  };
};

/** Laid out as upstream's Dockerfile does, with one kind of service discovery and without its pages. */
const prometheus: Recipe = async (cache) => {
  const { image, go } = VERSIONS.prometheus;
  return {
    name: image,
    files: { '/bin/prometheus': await goProgram(cache, go) },
    entrypoint: ['/bin/prometheus'],
    command: ['--config.file=/etc/prometheus/prometheus.yml', '--storage.tsdb.path=/prometheus'],
    workingDirectory: '/prometheus',
    user: '65534:65534',
  };
};

/** Every image, the slowest first. */
export const RECIPES: readonly Recipe[] = [
  prometheus,
  kubernetes,
  githubHttp,
  githubBridged,
  inspectorV1,
  inspectorV2,
  everything,
  pulumi,
];
