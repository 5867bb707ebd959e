import type { CustomResourceArgs } from '@pulumi/kubernetes/apiextensions/customResource.js';
import type { CustomResourceOptions, Input } from '@pulumi/pulumi';

/**
 * Which operator's object it is: `PodMonitor` of the Prometheus Operator (`monitoring.coreos.com/v1`) or
 * `VMPodScrape` of the VictoriaMetrics Operator (`operator.victoriametrics.com/v1beta1`).
 */
export type PodScrapeKind = 'PodMonitor' | 'VMPodScrape';

/** One scrape of the pods of one workload. */
export interface PodScrapeArgs {
  /**
   * Whose resource is made: the Prometheus Operator's (`PodMonitor`) or the VictoriaMetrics Operator's
   * (`VMPodScrape`).
   */
  readonly kind: PodScrapeKind;
  /** The namespace of the object and of the pods: no other namespace is scraped. */
  readonly namespace: Input<string>;
  /** Kubernetes name of the object. @default the component's name */
  readonly name?: string;
  /** Labels that a pod must have to be scraped, at least one. */
  readonly selectorLabels: Readonly<Record<string, Input<string>>>;
  /** Labels of the object itself; a Prometheus or VMAgent may pick its objects by them. @default none */
  readonly labels?: Readonly<Record<string, Input<string>>>;
  /** Name of the container port that answers the scrape; no target is found if no container declares it. */
  readonly portName: string;
  /** Absolute path of the metrics. @default '/metrics' */
  readonly path?: string;
  /** Time between two scrapes as a Prometheus duration, as `30s` or `1m30s`. @default '30s' */
  readonly scrapeInterval?: string;
  /** How long a scrape may take, at most `scrapeInterval`; a Prometheus duration. @default the scraper's own */
  readonly scrapeTimeout?: string;
  /** How the scraper speaks to the pods. @default 'http' */
  readonly scheme?: 'http' | 'https';
  /** The label of the pod whose value becomes the `job` label of every metric. @default 'app.kubernetes.io/name' */
  readonly jobLabel?: string;
  /**
   * Adjusts the object just before it is registered: returns its arguments changed, or changes them and its options
   * in place.
   * @default none
   */
  readonly transform?: (
    args: CustomResourceArgs,
    opts: CustomResourceOptions,
    name: string,
  ) => CustomResourceArgs | undefined;
}
