import { z } from 'zod';

const EXPECTED = 'a network in CIDR notation, as 10.0.0.5/32';

export const apiServerSchema = z
  .strictObject({
    cidrs: z
      .array(z.union([z.cidrv4(), z.cidrv6()]).meta({ expected: EXPECTED }))
      .default([])
      .meta({
        description:
          "Addresses of the API server's endpoints, not of its Service, whose address is translated before a " +
          'network policy sees it: kubectl get endpointslices -n default kubernetes',
        examples: [['10.0.0.5/32']],
      }),
    port: z
      .int()
      .min(1)
      .max(65535)
      .default(6443)
      .meta({ description: 'Port of these endpoints.', examples: [6443] }),
  })
  .prefault({})
  .meta({ description: 'Where servers with Kubernetes access reach the API. Absent: nobody may reach it.' });

export type ApiServerConfig = z.output<typeof apiServerSchema>;
