import { Deployment, reasonToSkip, SUCCESS } from '../engine/deployment.js';
import { CLIENT_LABELS, network, outsideOf } from './network.js';

const reason = reasonToSkip();

(reason === undefined ? describe : describe.skip)(
  `the servers' pods${reason === undefined ? '' : ` (skipped: ${reason})`}`,
  () => {
    let deployment: Deployment;
    beforeAll(() => {
      deployment = new Deployment('pods');
      for (const stack of ['github-mcp', 'pulumi-mcp']) {
        deployment.set(
          stack,
          'clients',
          [deployment.namespace, outsideOf(deployment)].map((namespace) => ({
            namespace,
            podLabels: CLIENT_LABELS,
          })),
        );
      }
      expect(deployment.engine('chain', 'up', '--yes')).toEqual(SUCCESS);
    });
    afterAll(() => {
      deployment.engine('chain', 'destroy', '--yes');
      deployment[Symbol.dispose]();
    });

    describe('network', () => {
      network(() => deployment);
    });
  },
);
