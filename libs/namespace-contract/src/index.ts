export { namespaceContract, type NamespaceOutputs } from './namespace-contract.js';
