import type { Report } from '@mcp-stacks/stack';
import type { ServerKeys } from './server-keys.js';

/** Checks over several keys of one server. */
export function checkServer(server: Partial<ServerKeys> | undefined, key: string, report: Report): void {
  if (server?.enableInspector === true && server.inspectorImage === undefined) {
    report(
      [key, 'inspectorImage'],
      'the image of the inspector, since enableInspector is true',
      `add inspectorImage, for example ghcr.io/modelcontextprotocol/inspector:0.17.2, or set enableInspector: false`,
    );
  }
}

/**
 * Checks that a credential has exactly one source.
 *
 * @param secretKey The top-level key with the value as a Pulumi secret.
 * @param referencePath Where a reference to an existing Secret would stand.
 */
export function checkCredentialSource(
  sources: { readonly secret: unknown; readonly reference: unknown; readonly required: boolean },
  secretKey: string,
  referencePath: readonly PropertyKey[],
  report: Report,
): void {
  const name = String(referencePath.at(-1));
  if (sources.secret !== undefined && sources.reference !== undefined) {
    report(
      referencePath,
      `one source of the credential: an existing Secret, or the secret ${secretKey}`,
      `remove ${name}, or remove ${secretKey}`,
    );
  } else if (sources.required && sources.secret === undefined && sources.reference === undefined) {
    report(
      referencePath,
      `a source of the credential: an existing Secret here, or the secret ${secretKey}`,
      `add ${name}: { name: …, key: … }, or run pulumi config set --secret ${secretKey}`,
    );
  }
}
