import { namespaceContract } from '@mcp-stacks/namespace-contract';
import { publish, stackProgram } from '@mcp-stacks/stack';
import * as pulumi from '@pulumi/pulumi';
import { deployer } from './access/deployer.js';
import { serverAccounts } from './access/server-accounts.js';
import { config } from './config.js';
import { denyByDefault } from './default-deny.js';
import { imagePullSecrets } from './image-pull-secret.js';
import { setLimits } from './limits.js';
import { namespacePlacement } from './namespace.js';
import { outsideIdentity } from './outside-identity.js';
import { sharedCode } from './shared-code.js';
import { warnings } from './warnings.js';

export = stackProgram(__dirname, config, async (context) => {
  const { config } = context;
  const identity = await outsideIdentity(config);
  for (const warning of warnings(config)) await pulumi.log.warn(warning);

  const placement = namespacePlacement(config.namespace, context);
  setLimits(placement, config);
  denyByDefault(placement);
  const pullSecrets = imagePullSecrets(placement, config);
  const serviceAccounts = serverAccounts(placement, {
    servers: config.servers,
    identity,
    imagePullSecrets: pullSecrets,
  });
  deployer(placement, config.deployer);
  const volumeClaims = sharedCode(placement, config);

  return publish(namespaceContract, {
    namespace: config.namespace.name,
    serviceAccounts,
    imagePullSecrets: [...pullSecrets],
    volumeClaims,
    apiServer: config.apiServer,
    identity: identity === undefined ? {} : { gcpCredentialsSecret: identity.gcpCredentialsSecret },
  });
});
