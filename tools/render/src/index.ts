export { ChainProblemsError } from './chain/chain-problems-error.js';
export { renderChain, type RenderOptions } from './chain/render-chain.js';
export type { RenderedChain, RenderedEnvironment, RenderedStack } from './chain/rendered-chain.js';
export { FaultlessObjects } from './checks/faultless-objects.js';
export type { KubernetesObject, ObjectMeta } from './manifests/kubernetes-object.js';
export type { LeftOutSecret, Manifest } from './manifests/manifest.js';
export { manifestPath } from './manifests/manifest-path.js';
export { writeManifests } from './manifests/write-manifests.js';
export { chainReport, type ReportOptions } from './report/chain-report.js';
