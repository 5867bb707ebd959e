import { SecretValue } from '@mcp-stacks/recorder';
import { SECRET_PLACEHOLDER } from './secret-placeholder.js';

/** The secret outputs of `@pulumi/random`, by type: `additionalSecretOutputs` in its SDK. */
const SECRET_OUTPUTS: Readonly<Record<string, readonly string[]>> = {
  'random:index/randomPassword:RandomPassword': ['result', 'bcryptHash'],
  'random:index/randomBytes:RandomBytes': ['base64', 'hex'],
};

/**
 * What a provider of random values would compute: placeholders for secrets, which end in a Secret that is left out
 * anyway. A random value that is no secret stays unknown.
 */
export function randomOutputs(type: string): Record<string, unknown> {
  return Object.fromEntries(
    (SECRET_OUTPUTS[type] ?? []).map((output) => [output, new SecretValue(SECRET_PLACEHOLDER)]),
  );
}
