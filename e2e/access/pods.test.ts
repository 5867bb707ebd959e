import { Deployment, describeOn, SUCCESS } from '../engine/deployment.js';
import { TOKEN_SECONDS } from './api-request.js';
import { ask, makeNamespace } from './cluster.js';
import { changes } from './changes.js';
import { inspector, withInspectors } from './inspector.js';
import { kubeconfig } from './kubeconfig.js';
import { CLIENT_LABELS, network, outsideOf } from './network.js';
import { onNode } from './on-node.js';
import { endRotation, rotation, startRotation } from './rotation.js';
import { volume } from './volume.js';

// One deployment for all: it takes longer than most of what is asked of it, and one test waits for minutes.
describeOn('cluster', "the servers' pods", () => {
  let deployment: Deployment;
  let outside: string;
  let issued: number;
  beforeAll(async () => {
    deployment = new Deployment('pods');
    outside = outsideOf(deployment);
    makeNamespace(outside);
    const folder = `/node/${deployment.namespace}`;
    onNode(outside, `/bin/busybox rm -rf ${folder} && /bin/busybox mkdir ${folder}`);
    deployment.set('namespace-rbac', 'sharedCode/static/path', `/var/tmp/${deployment.namespace}`);
    const homes = [deployment.namespace, outside];
    for (const stack of ['github-mcp', 'pulumi-mcp']) {
      const clients = homes.map((namespace) => ({ namespace, podLabels: CLIENT_LABELS }));
      deployment.set(stack, 'clients', clients);
    }
    deployment.set('pulumi-mcp', 'pulumiMcp/kubeconfig/tokenExpirationSeconds', TOKEN_SECONDS);
    withInspectors(deployment);
    expect(await deployment.up()).toEqual(SUCCESS);
    issued = await startRotation(deployment);
  });
  afterAll(async () => {
    endRotation(deployment);
    expect(await deployment.destroy()).toEqual(SUCCESS);
    onNode(outside, `/bin/busybox rm -r /node/${deployment.namespace}`);
    ask('delete', 'namespace', outside);
    deployment[Symbol.dispose]();
  });

  describe('inspector', () => {
    inspector(() => deployment);
  });
  describe('network', () => {
    network(() => deployment);
  });
  describe('kubeconfig', () => {
    kubeconfig(() => deployment);
  });
  describe('volume', () => {
    volume(() => deployment);
  });
  describe('changes', () => {
    changes(() => deployment);
  });
  describe('rotation', () => {
    rotation(
      () => deployment,
      () => issued,
    );
  });
});
