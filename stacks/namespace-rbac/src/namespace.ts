import { Namespace, NamespacePatch } from '@pulumi/kubernetes/core/v1';
import type { Provider } from '@pulumi/kubernetes/provider.js';
import { OWNED_LABELS, type Placement } from './placement.js';
import type { NamespaceConfig } from './schema/namespace-schema.js';

/** The two providers of the cluster: for what this stack makes, and for what others made. */
interface Providers {
  readonly provider: Provider;
  readonly sharedProvider: Provider;
}

/** The namespace, made here or adopted, and with it the place of everything else. */
export function namespacePlacement(config: NamespaceConfig, providers: Providers): Placement {
  const namespace =
    config.ownership === 'own'
      ? owned(config, providers.provider)
      : adopted(config, providers.sharedProvider);
  return {
    namespace: namespace.metadata.name,
    options: { provider: providers.provider, dependsOn: [namespace] },
  };
}

function owned(config: NamespaceConfig, provider: Provider): Namespace {
  return new Namespace(
    'namespace',
    { metadata: { name: config.name, labels: { ...labels(config), ...OWNED_LABELS } } },
    { provider, protect: config.protect },
  );
}

/**
 * Somebody else's namespace: server-side apply sets our labels only, and a label that another manager holds with
 * another value is a conflict, not overwritten.
 *
 * Deleting the patch would release its fields, and with them the Pod Security labels: whatever else lives in the
 * namespace would silently lose that protection. So they stay, and the fixed field manager lets a later `up` take
 * them up again.
 */
function adopted(config: NamespaceConfig, provider: Provider): NamespacePatch {
  return new NamespacePatch(
    'namespace',
    {
      metadata: {
        name: config.name,
        labels: labels(config),
        annotations: { 'pulumi.com/patchFieldManager': 'namespace-rbac' },
      },
    },
    { provider, protect: config.protect, retainOnDelete: true },
  );
}

/** Pod Security admission: https://kubernetes.io/docs/concepts/security/pod-security-admission/ */
function labels({ labels, podSecurity }: NamespaceConfig): Record<string, string> {
  const levels = { enforce: podSecurity, audit: 'restricted', warn: 'restricted' };
  return Object.fromEntries([
    ...Object.entries(labels),
    ...Object.entries(levels).flatMap(([mode, level]) => [
      [`pod-security.kubernetes.io/${mode}`, level],
      [`pod-security.kubernetes.io/${mode}-version`, 'latest'],
    ]),
  ]) as Record<string, string>;
}
