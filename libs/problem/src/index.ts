export { describeValue, type Problem } from './problem.js';
export { formatProblems, ProblemsError, remedyLines } from './problems-error.js';
