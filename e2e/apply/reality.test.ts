import type { Manifest } from '@mcp-stacks/render';
import { Deployment, describeOn, kubectl, SUCCESS } from '../engine/deployment.js';
import { differences } from './differences.js';
import { looseObjects } from './loose-objects.js';

describeOn('cluster', 'what runs against the render', () => {
  let deployment: Deployment;
  let manifests: readonly Manifest[];
  let secrets: readonly string[];
  beforeAll(async () => {
    deployment = new Deployment('reality');
    // Of every kind that a server's stack can have: two replicas bring a budget, the inspector a Secret.
    deployment.set('github-mcp', 'githubMcp/replicas', 2);
    deployment.set('pulumi-mcp', 'pulumiMcp/enableInspector', true);
    deployment.set('pulumi-mcp', 'pulumiMcp/inspectorImage', 'ghcr.io/modelcontextprotocol/inspector:0.17.2');
    expect(await deployment.up()).toEqual(SUCCESS);
    const rendered = await deployment.rendered();
    manifests = rendered.flatMap((stack) => stack.manifests);
    secrets = rendered.flatMap(({ leftOut }) => leftOut.map(({ name }) => name));
  });
  afterAll(async () => {
    await deployment.destroy();
    deployment[Symbol.dispose]();
  });

  test('every object differs only in what the cluster owns', () => {
    expect(manifests.map(({ object }) => object.kind)).toEqual(
      expect.arrayContaining(['Namespace', 'PersistentVolume', 'Role', 'Deployment', 'PodDisruptionBudget']),
    );
    expect(differences(manifests.map(({ object }) => object))).toEqual([]);
  });

  test('nothing else is in the namespace but the Secrets that the render names', () => {
    const rendered = manifests
      .map(({ object }) => object)
      .filter(({ metadata }) => metadata.namespace === deployment.namespace)
      .map(({ kind, metadata }) => `${kind} ${metadata.name}`);
    expect(looseObjects(deployment.namespace)).toEqual(
      [...rendered, ...secrets.map((name) => `Secret ${name}`)].sort(),
    );
  });

  test('an edit by hand is a difference', () => {
    const edited = ['deployment/mcp-github', '--namespace', deployment.namespace];
    kubectl('scale', ...edited, '--replicas=1');
    kubectl('label', ...edited, 'by-hand=true');
    const found = differences(
      manifests.map(({ object }) => object).filter(({ kind }) => kind === 'Deployment'),
    );
    expect(found).toEqual([
      'Deployment mcp-github: metadata.labels.by-hand: rendered nothing, runs "true"',
      'Deployment mcp-github: spec.replicas: rendered 2, runs 1',
    ]);
  });
});
