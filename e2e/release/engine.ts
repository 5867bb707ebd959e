import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { outsideEnvironment } from '../workspace/outside-environment.js';
import type { ConsumerFolder } from './consumer-folder.js';

/** The team's server, to files instead of a cluster: what the engine makes of a new version is the same. */
const PROGRAM = `
const { McpServer } = require('@mcp-stacks/mcp-server');
const { Provider } = require('@pulumi/kubernetes');
const { weather } = require('../stacks/weather-mcp/dist/profile.js');

const provider = new Provider('files', { renderYamlToDirectory: 'rendered' });
new McpServer(
  'weather',
  {
    profile: weather,
    namespace: 'weather-dev',
    image: 'registry.example/weather-mcp:2.3.0',
    clients: [{ namespace: 'agents' }],
  },
  { provider },
);
`;

/** Pulumi's real engine with a program of the team, its state in a folder. */
export class Engine {
  private readonly folder: string;
  private readonly state = mkdtempSync(join(tmpdir(), 'mcp-stacks-state-'));

  constructor(consumer: ConsumerFolder) {
    this.folder = join(consumer.root, 'engine');
    mkdirSync(this.folder);
    consumer.write(
      'engine/Pulumi.yaml',
      'name: weather\nruntime: { name: nodejs, options: { typescript: false } }\n',
    );
    consumer.write(
      'engine/package.json',
      '{ "name": "weather-engine", "private": true, "main": "index.js" }\n',
    );
    consumer.write('engine/index.js', PROGRAM);
    this.pulumi('stack', 'init', 'dev');
  }

  up(): void {
    this.pulumi('up', '--yes', '--skip-preview', '--stack', 'dev');
  }

  /** How many resources an update would create, change, replace, delete or leave. */
  preview(): Readonly<Record<string, number>> {
    const { changeSummary } = JSON.parse(this.pulumi('preview', '--json', '--stack', 'dev')) as {
      changeSummary: Record<string, number>;
    };
    return changeSummary;
  }

  private pulumi(...args: readonly string[]): string {
    const { status, stdout, stderr } = spawnSync('pulumi', [...args, '--non-interactive'], {
      cwd: this.folder,
      encoding: 'utf8',
      env: outsideEnvironment({
        // The language host takes the first Node of the path: the one that runs this test.
        PATH: [dirname(process.execPath), process.env.PATH].join(':'),
        PULUMI_BACKEND_URL: `file://${this.state}`,
        PULUMI_CONFIG_PASSPHRASE: 'test',
        PULUMI_SKIP_UPDATE_CHECK: 'true',
      }),
    });
    if (status !== 0) throw new Error(`pulumi ${args.join(' ')}: ${String(status)}\n${stdout}${stderr}`);
    return stdout;
  }

  [Symbol.dispose](): void {
    rmSync(this.state, { recursive: true });
  }
}
