export { createNodes } from './create-nodes.js';
