import { Deployment, describeOn, SUCCESS } from '../engine/deployment.js';
import { admission } from './admission.js';
import { canI } from './can-i.js';

describeOn('cluster', 'access to the namespace', () => {
  let deployment: Deployment;
  beforeAll(async () => {
    deployment = new Deployment('access');
    expect(await deployment.up('namespace-rbac')).toEqual(SUCCESS);
  });
  afterAll(async () => {
    expect(await deployment.destroy()).toEqual(SUCCESS);
    deployment[Symbol.dispose]();
  });

  describe('each identity', () => {
    canI(() => deployment);
  });
  admission(() => deployment);
});
