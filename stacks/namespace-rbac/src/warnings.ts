import { risksOf } from './access/risks.js';
import type { Config } from './config.js';

/** What is allowed but worth a look at every preview. */
export function warnings(config: Config): readonly string[] {
  return [...adoption(config), ...podSecurity(config), ...riskyRules(config), ...apiServer(config)];
}

function* adoption({ namespace: { name, ownership } }: Config): Generator<string> {
  if (ownership !== 'adopt') return;
  yield (
    `${name} is adopted: Pod Security level, quota, limit range and the default-deny network policy hold for ` +
    'whatever else runs in it, too. A pod without a network policy of its own is cut off.'
  );
}

function* podSecurity({ namespace }: Config): Generator<string> {
  const { name, podSecurity, podSecurityReason } = namespace;
  if (podSecurity === 'restricted') return;
  yield `${name} admits pods below restricted (podSecurity: ${podSecurity}), because: ${podSecurityReason ?? ''}`;
}

function* riskyRules({ servers }: Config): Generator<string> {
  for (const [server, { kubernetesAccess }] of Object.entries(servers)) {
    for (const rule of kubernetesAccess?.rules ?? []) {
      for (const risk of risksOf(rule)) yield `${server} is granted ${risk}, because: ${rule.reason ?? ''}`;
    }
  }
}

function* apiServer({ apiServer: { cidrs, port }, servers }: Config): Generator<string> {
  const everywhere = cidrs.filter((cidr) => cidr.endsWith('/0'));
  if (everywhere.length > 0) {
    yield (
      `apiServer.cidrs has ${everywhere.join(', ')}: servers with Kubernetes access may reach port ${port} of ` +
      'any address. Narrow it to what this prints: kubectl get endpointslices -n default kubernetes'
    );
  }
  const cutOff = Object.keys(servers).filter((name) => servers[name]?.kubernetesAccess !== undefined);
  if (cidrs.length === 0 && cutOff.length > 0) {
    yield (
      `${cutOff.join(', ')} has Kubernetes access, but apiServer.cidrs is empty, so no network policy lets it ` +
      'reach the API. Its addresses: kubectl get endpointslices -n default kubernetes'
    );
  }
}
