export { stagePackages, type StagedPackage } from './stage-packages.js';
