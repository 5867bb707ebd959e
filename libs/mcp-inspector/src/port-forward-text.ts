import type { GenerationFacts } from './generations/generation-facts.js';

/**
 * Commands that reach the inspector, to be pasted into a shell: what to open, then the forwarding, which runs until
 * it is stopped. The token itself is not in the text.
 */
export function portForwardText(
  facts: GenerationFacts,
  server: {
    readonly namespace: string;
    readonly name: string;
    readonly url: string;
    readonly secret: string;
  },
  secretKey: string,
): string {
  const kubectl = `kubectl --namespace ${server.namespace}`;
  const page = facts.page(server.url).href;
  const open =
    facts.tokenParameter === undefined
      ? `echo 'Open ${page}'`
      : `echo "Open ${page}&${facts.tokenParameter}=$(${kubectl} get secret ${server.secret} ` +
        `--output 'jsonpath={.data.${secretKey}}' | base64 --decode)"`;
  const ports = Object.values(facts.ports).map((port) => `${port}:${port}`);
  return `${open}\n${kubectl} port-forward deployment/${server.name} ${ports.join(' ')}\n`;
}
