import { type Group } from './contestant.js';
import { affected } from './contestants/affected.js';
import { cdk8s } from './contestants/cdk8s.js';
import { engine } from './contestants/engine.js';
import { helm } from './contestants/helm.js';
import { nxCache } from './contestants/nx-cache.js';
import { pulumiTypescript } from './contestants/pulumi-typescript.js';
import { render } from './contestants/render.js';
import { sdk } from './contestants/sdk.js';
import { servers } from './contestants/servers.js';

/** All that is measured, in the order of a round. */
export const GROUPS: readonly Group[] = [
  sdk,
  pulumiTypescript,
  cdk8s,
  helm,
  render,
  nxCache,
  engine,
  servers,
  affected,
];
