/** Whether somebody sits there who can read a question and answer it. */
export function isInteractive(): boolean {
  return process.stdin.isTTY && process.stdout.isTTY;
}

/** Asks a question whose answer is no unless the user says yes. */
export async function confirm(message: string): Promise<boolean> {
  const { default: ask } = await import('@inquirer/confirm');
  return ask({ message, default: false });
}
