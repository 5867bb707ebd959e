import type { Connection } from '@mcp-stacks/kube-context';
import { type AddressInfo, createServer } from 'node:net';
import { ObjectClient } from '../src/cluster/object-client.js';

const OBJECT = { apiVersion: 'v1', kind: 'Service', namespace: 'team', name: 'server' };

test.each([
  ['nothing', ''],
  ['not all of its answer', 'HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n{'],
])('an API server that takes the connection and sends %s is given up', async (_, sent) => {
  await using server = createServer((socket) => socket.resume().write(sent)).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const config = {
    getCurrentCluster: () => ({ server: `http://127.0.0.1:${port}` }),
    applyToHTTPSOptions: () => Promise.resolve(),
  } as unknown as Connection['config'];
  await expect(new ObjectClient({ config }, 50).read(OBJECT)).rejects.toThrow('silent for 0.05 s');
});
