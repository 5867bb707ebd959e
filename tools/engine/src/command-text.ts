/** The command line of `engine pulumi`, for messages that tell a user what to run. */
export function pulumiCommand(stack: string, environment: string, pulumiArguments: string): string {
  return `npx engine pulumi ${stack} --env ${environment} -- ${pulumiArguments}`;
}

/** The first line of a message of several. */
export function firstLine(text: string): string {
  return text.slice(0, (text + '\n').indexOf('\n'));
}
