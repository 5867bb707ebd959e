export { record } from './record.js';
export type * from './recording.js';
export { SecretValue, UnknownValue } from './values.js';
export { containsSecret } from './wire.js';
