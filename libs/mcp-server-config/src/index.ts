export { deployServer, type ServerDeployment } from './deploy-server.js';
export { checkCredentialSource, checkServer } from './server-checks.js';
export { serverContract } from './server-contract.js';
export {
  absolutePath,
  clients,
  type Clients,
  defaults,
  type Defaults,
  envName,
  secretReference,
  type ServerKeys,
  serverKeys,
  statedFacts,
} from './server-keys.js';
