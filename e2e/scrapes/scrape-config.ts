/** A PodMonitor, as far as the library `monitoring` writes one. */
export interface PodMonitor {
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: {
    readonly jobLabel: string;
    readonly selector: { readonly matchLabels: Readonly<Record<string, string>> };
    readonly podMetricsEndpoints: readonly {
      readonly port: string;
      readonly path: string;
      readonly scheme: string;
      readonly interval: string;
    }[];
  };
}

/**
 * The entries of Prometheus' `scrape_configs` that the Prometheus Operator makes of a PodMonitor: `generatePodMonitorConfig`
 * in `pkg/prometheus/promcfg.go` of prometheus-operator/prometheus-operator. What divides targets among several
 * Prometheus servers is left out: here is one.
 */
export function scrapeConfigs({ metadata, spec }: PodMonitor): readonly unknown[] {
  const { name, namespace } = metadata;
  return spec.podMetricsEndpoints.map(({ port, path, scheme, interval }, index) => ({
    job_name: `podMonitor/${namespace}/${name}/${index}`,
    honor_labels: false,
    kubernetes_sd_configs: [{ role: 'pod', namespaces: { names: [namespace] } }],
    scrape_interval: interval,
    metrics_path: path,
    scheme,
    relabel_configs: [
      { source_labels: ['job'], target_label: '__tmp_prometheus_job_name' },
      { action: 'drop', source_labels: ['__meta_kubernetes_pod_phase'], regex: '(Failed|Succeeded)' },
      ...Object.entries(spec.selector.matchLabels)
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([label, value]) => ({
          action: 'keep',
          source_labels: [
            `__meta_kubernetes_pod_label_${sanitized(label)}`,
            `__meta_kubernetes_pod_labelpresent_${sanitized(label)}`,
          ],
          regex: `(${value});true`,
        })),
      { action: 'keep', source_labels: ['__meta_kubernetes_pod_container_port_name'], regex: port },
      { source_labels: ['__meta_kubernetes_namespace'], target_label: 'namespace' },
      { source_labels: ['__meta_kubernetes_pod_container_name'], target_label: 'container' },
      { source_labels: ['__meta_kubernetes_pod_name'], target_label: 'pod' },
      { target_label: 'job', replacement: `${namespace}/${name}` },
      {
        source_labels: [`__meta_kubernetes_pod_label_${sanitized(spec.jobLabel)}`],
        target_label: 'job',
        regex: '(.+)',
        replacement: '${1}',
      },
      { target_label: 'endpoint', replacement: port },
    ],
  }));
}

/** A Kubernetes label as Prometheus writes it. */
function sanitized(label: string): string {
  return label.replace(/[^a-zA-Z0-9_]/g, '_');
}
