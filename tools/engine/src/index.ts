export {
  checkPrerequisites,
  type Prerequisites,
  type StackProgram,
} from './prerequisites/check-prerequisites.js';
export { mergeStackConfig, type MergedStackConfig } from './backend/merge-stack-config.js';
export { openLocalBackend } from './backend/local-backend.js';
export { type BackendSession } from './backend/backend-session.js';
export {
  kubeconfigFiles,
  readKubeconfig,
  type Kubeconfig,
  type KubeContext,
} from './kube-context/kubeconfig.js';
export { isLocalTestCluster } from './kube-context/local-test-cluster.js';
export { selectContext, type ContextRequest, type SelectedContext } from './kube-context/select-context.js';
export { requiredPlugins, type RequiredPlugin } from './prerequisites/required-plugins.js';
