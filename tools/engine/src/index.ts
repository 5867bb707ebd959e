export {
  checkPrerequisites,
  type Prerequisites,
  type StackProgram,
} from './prerequisites/check-prerequisites.js';
export { mergeStackConfig, type MergedStackConfig } from './backend/merge-stack-config.js';
export { openLocalBackend } from './backend/local-backend.js';
export { type BackendSession } from './backend/backend-session.js';
export { requiredPlugins, type RequiredPlugin } from './prerequisites/required-plugins.js';
