export { type CommentOptions, LIMIT, MARKER, pullRequestComment } from './comment/pull-request-comment.js';
export { readPreviews } from './comment/read-previews.js';
export { compareRenderings, type Comparison, type StackComparison } from './compare/compare-renderings.js';
export type { Action, ObjectChange } from './compare/object-change.js';
export { readRendering } from './compare/read-rendering.js';
export type { Rendering } from './compare/rendering.js';
export { type PagesOptions, writePages } from './write-pages.js';
