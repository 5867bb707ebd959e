export { configReference } from './config-reference.js';
export { schemaText, type StackSchema, stackSchema } from './stack-schema.js';
