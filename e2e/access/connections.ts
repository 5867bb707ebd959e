import { nodeIn, type Place } from './cluster.js';

/** Whether a TCP connection came about: neither a refusal nor silence tells what a policy did. */
export type Seen = 'open' | 'closed';

/** Connects to each `host:port` at once, and prints what came of it. */
const CONNECT = `
const look = (target) => new Promise((resolve) => {
  const [host, port] = target.split(':');
  const socket = require('node:net').connect({ host, port: Number(port), timeout: 1500 });
  const end = (seen) => () => { socket.destroy(); resolve([target, seen]); };
  socket.on('connect', end('open')).on('timeout', end('closed')).on('error', end('closed'));
});
Promise.all(process.argv.slice(1).map(look)).then((all) => {
  console.log(JSON.stringify(Object.fromEntries(all)));
  process.exit();
});
`;

/** What came of a TCP connection to each `host:port`, made from inside a container that has Node. */
export function connections(from: Place, targets: readonly string[]): Record<string, Seen> {
  return JSON.parse(nodeIn(from, CONNECT, ...targets)) as Record<string, Seen>;
}
