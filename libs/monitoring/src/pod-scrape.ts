import { ProblemsError } from '@mcp-stacks/problem';
import { CustomResource, type CustomResourceArgs } from '@pulumi/kubernetes/apiextensions/customResource.js';
import * as pulumi from '@pulumi/pulumi';
import { DEFAULT_INTERVAL, DEFAULT_JOB_LABEL } from './defaults.js';
import type { PodScrapeArgs, PodScrapeKind } from './pod-scrape-args.js';
import { podScrapeProblems } from './pod-scrape-problems.js';

const API_VERSIONS: Readonly<Record<PodScrapeKind, string>> = {
  PodMonitor: 'monitoring.coreos.com/v1',
  VMPodScrape: 'operator.victoriametrics.com/v1beta1',
};

/**
 * Has the pods of one workload scraped by Prometheus or VictoriaMetrics. The operator's CRD must be in the cluster.
 *
 * The two kinds share every field that is used here (`podmonitor_types.go` of prometheus-operator,
 * `vmpodscrape_types.go` and `common_scrapeparams.go` of VictoriaMetrics' operator; the latter's `scrape_interval`
 * is another name of its `interval`). Without a `namespaceSelector` both look for pods in their own namespace only.
 *
 * @example
 * new PodScrape('echo', {
 *   kind: 'PodMonitor',
 *   namespace: 'tools',
 *   selectorLabels: app.selectorLabels,
 *   portName: 'metrics',
 * });
 */
export class PodScrape extends pulumi.ComponentResource {
  /** The PodMonitor or VMPodScrape. */
  readonly monitor: CustomResource;

  /**
   * @param name Pulumi name; also the Kubernetes name unless `args.name` says otherwise.
   * @throws {ProblemsError} Everything that is wrong with the arguments, before anything is registered.
   */
  constructor(name: string, args: PodScrapeArgs, opts?: pulumi.ComponentResourceOptions) {
    ProblemsError.throwIfAny(`PodScrape "${name}"`, [...podScrapeProblems(args)]);
    super('mcp-stacks:monitoring:PodScrape', name, {}, opts);

    const monitorName = `${name}-monitor`;
    const monitorArgs: CustomResourceArgs = {
      apiVersion: API_VERSIONS[args.kind],
      kind: args.kind,
      metadata: {
        name: args.name ?? name,
        namespace: args.namespace,
        labels: { ...args.labels, 'app.kubernetes.io/managed-by': 'pulumi' },
      },
      spec: {
        jobLabel: args.jobLabel ?? DEFAULT_JOB_LABEL,
        selector: { matchLabels: args.selectorLabels },
        podMetricsEndpoints: [
          {
            port: args.portName,
            path: args.path ?? '/metrics',
            scheme: args.scheme ?? 'http',
            interval: args.scrapeInterval ?? DEFAULT_INTERVAL,
            ...(args.scrapeTimeout !== undefined && { scrapeTimeout: args.scrapeTimeout }),
          },
        ],
      },
    };
    const monitorOptions: pulumi.CustomResourceOptions = { parent: this };
    this.monitor = new CustomResource(
      monitorName,
      args.transform?.(monitorArgs, monitorOptions, monitorName) ?? monitorArgs,
      monitorOptions,
    );
    this.registerOutputs({ monitor: this.monitor });
  }
}
