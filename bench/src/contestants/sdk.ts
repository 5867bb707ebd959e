import { join } from 'node:path';
import { type Command, type Group } from '../contestant.js';

/** The floor below every program that uses Pulumi. */
export const sdk: Group = {
  name: 'sdk',
  title: 'Only loading the two SDKs',
  open: ({ root, temporary }) => {
    const load = (env: Command['env']): Command => ({
      program: process.execPath,
      args: ['-e', `require('@pulumi/pulumi'); require('@pulumi/kubernetes')`],
      cwd: root,
      env,
    });
    return {
      contestants: [
        { id: 'plain', title: 'Loading the two SDKs, nothing else', commands: [load({})], chart: 'floor' },
        {
          id: 'compile-cache',
          title: "Loading the two SDKs, with Node's compile cache",
          commands: [load({ NODE_COMPILE_CACHE: join(temporary, 'sdk-compile-cache') })],
        },
      ],
    };
  },
};
