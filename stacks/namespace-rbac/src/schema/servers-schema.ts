import { z } from 'zod';
import { labelName } from './names.js';
import { policyRule } from './policy-rule.js';

const server = z
  .strictObject({
    kubernetesAccess: z
      .strictObject({
        rules: z
          .array(policyRule)
          .min(1)
          .optional()
          .meta({
            description:
              'What the Role grants. Absent: reads workloads, their logs and events, Services, ConfigMaps, claims, ' +
              'quota, network policies, autoscalers and disruption budgets; reads no Secrets.',
          }),
      })
      .optional()
      .meta({
        description: 'Rights in this namespace, as a Role bound to its ServiceAccount. Absent: none.',
        examples: [{}],
      }),
  })
  .meta({ description: 'One server.', examples: [{}] });

export const serversSchema = z.record(labelName, server).meta({
  description: 'The MCP servers of the namespace by name; each gets a ServiceAccount of that name.',
  examples: [{ 'mcp-github': {}, 'mcp-pulumi': { kubernetesAccess: {} } }],
});

export type ServersConfig = z.output<typeof serversSchema>;
export type ServerConfig = z.output<typeof server>;
