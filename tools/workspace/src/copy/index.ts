export { type CopyOptions, copyStacks } from './copy-stacks.js';
