export { describeValue, type Problem } from './problem.js';
export { formatProblems, ProblemsError } from './problems-error.js';
