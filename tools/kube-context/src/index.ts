export { type ClusterChoice, type ClusterFiles, findCluster } from './find-cluster.js';
export { type ClusterTarget, connect, type Connection } from './connect.js';
export { requestProblem, statusOf } from './request-problem.js';
export {
  ISSUED_EXTENSION,
  kubeconfigFiles,
  readKubeconfig,
  type Kubeconfig,
  type KubeContext,
} from './kubeconfig.js';
export { isLocalTestCluster } from './local-test-cluster.js';
export { renewalText, type SelectedContext } from './select-context.js';
