export type * from './container-args.js';
export type * from './k8s-app-args.js';
export { K8sApp } from './k8s-app.js';
export { SharedManualVolume, type AccessMode, type SharedManualVolumeArgs } from './shared-manual-volume.js';
export { parseQuantity } from './validation/quantity.js';
