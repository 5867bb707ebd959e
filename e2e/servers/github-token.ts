/** GitHub's server takes any token of that shape for listing. */
export const GITHUB_TOKEN = 'ghp_notarealtokenbutofthatshape0000000000';
