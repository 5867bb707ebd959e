/** The command line of `engine pulumi`, for messages that tell a user what to run. */
export function pulumiCommand(stack: string, environment: string, pulumiArguments: string): string {
  return `npx engine pulumi ${stack} --env ${environment} -- ${pulumiArguments}`;
}
