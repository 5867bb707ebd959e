import { ask, type Manifest, send } from '../access/cluster.js';

const NAME = 'podmonitors.monitoring.coreos.com';

/** The kind PodMonitor without its schema: no operator is here, and what it would refuse is not what is tested. */
const DEFINITION: Manifest = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: NAME },
  spec: {
    group: 'monitoring.coreos.com',
    names: { kind: 'PodMonitor', listKind: 'PodMonitorList', plural: 'podmonitors', singular: 'podmonitor' },
    scope: 'Namespaced',
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
      },
    ],
  },
};

/** The kind PodMonitor on a cluster without the operator, for as long as this is not disposed of. */
export class PodMonitorDefinition implements Disposable {
  readonly #isMine: boolean;

  constructor() {
    this.#isMine =
      ask('get', 'customresourcedefinitions', NAME, '--ignore-not-found', '--output', 'name') === '';
    if (!this.#isMine) return;
    const made = send([DEFINITION], 'create');
    if (made.code !== 0) throw new Error(made.output);
    ask('wait', `customresourcedefinition/${NAME}`, '--for=condition=Established', '--timeout=60s');
  }

  [Symbol.dispose](): void {
    if (this.#isMine) ask('delete', 'customresourcedefinition', NAME);
  }
}
