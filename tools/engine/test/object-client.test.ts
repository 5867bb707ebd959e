import type { Connection } from '@mcp-stacks/kube-context';
import { type AddressInfo, createServer } from 'node:net';
import { ObjectClient } from '../src/cluster/object-client.js';

const OBJECT = { apiVersion: 'v1', kind: 'Service', namespace: 'team', name: 'server' };

test('an API server that takes the connection and says nothing is given up', async () => {
  await using server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  server.on('connection', (socket) => socket.resume());
  const { port } = server.address() as AddressInfo;
  const config = {
    getCurrentCluster: () => ({ server: `http://127.0.0.1:${port}` }),
    applyToHTTPSOptions: () => Promise.resolve(),
  } as unknown as Connection['config'];
  await expect(new ObjectClient({ config }, 50).read(OBJECT)).rejects.toThrow('silent for 0.05 s');
});
