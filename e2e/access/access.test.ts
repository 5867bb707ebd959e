import { Deployment, reasonToSkip, SUCCESS } from '../engine/deployment.js';
import { admission } from './admission.js';
import { canI } from './can-i.js';

const reason = reasonToSkip();

(reason === undefined ? describe : describe.skip)(
  `access to the namespace${reason === undefined ? '' : ` (skipped: ${reason})`}`,
  () => {
    let deployment: Deployment;
    beforeAll(() => {
      deployment = new Deployment('access');
      expect(deployment.engine('up', 'namespace-rbac', '--yes')).toEqual(SUCCESS);
    });
    afterAll(() => {
      expect(deployment.engine('chain', 'destroy', '--yes')).toEqual(SUCCESS);
      deployment[Symbol.dispose]();
    });

    describe('each identity', () => {
      canI(() => deployment);
    });
    admission(() => deployment);
  },
);
