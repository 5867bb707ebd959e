import type { Server } from 'node:http';
import { runServer } from 'verdaccio';

/** Serves packages from the given folder on a free port of this machine, and says where. It asks no other registry. */
const folder = process.argv[2] ?? '';
const server = (await runServer({
  storage: `${folder}/storage`,
  configPath: `${folder}/config.yaml`,
  self_path: `${folder}/config.yaml`,
  auth: {},
  uplinks: {},
  web: { enable: false },
  packages: { '**': { access: '$all', publish: '$all', unpublish: '$all' } },
  log: { type: 'stdout', format: 'json', level: 'fatal' },
  max_body_size: '50mb',
})) as Server;
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address !== null && typeof address === 'object') console.log(`http://127.0.0.1:${address.port}/`);
});
