import { z } from 'zod';

const quantity = z
  .string()
  .regex(/^\d+(\.\d+)?(m|k|Ki|M|Mi|G|Gi|T|Ti)?$/)
  .meta({ expected: 'a Kubernetes quantity in quotes, as "100m" or "256Mi"' });

const amounts = z.strictObject({
  cpu: quantity.optional().meta({ description: 'Cores or millicores.', examples: ['100m'] }),
  memory: quantity.optional().meta({ description: 'Bytes with a suffix.', examples: ['256Mi'] }),
});

/** Name of a Kubernetes object that is also a host name. */
const label = z
  .string()
  .regex(/^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/)
  .meta({ expected: 'at most 63 lower case letters, digits and hyphens, starting with a letter' });

const objectName = z
  .string()
  .regex(/^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/)
  .meta({ expected: 'the name of a Kubernetes object: lower case letters, digits, hyphens and dots' });

/** An absolute path, without spaces. */
export const absolutePath = z
  .string()
  .regex(/^\/\S*$/)
  .meta({ expected: 'an absolute path' });

/** The name of an environment variable: letters, digits and underscores, no digit first. */
export const envName = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/)
  .meta({ expected: 'the name of an environment variable: letters, digits and underscores' });

const port = z.int().min(1).max(65535).meta({ expected: 'a port number, 1 to 65535' });

const image = z
  .string()
  .regex(/^[^\s:@]+(:\d+\/[^\s:@]+)?(:(?!latest(@|$))[\w][\w.-]{0,127})?(@sha256:[0-9a-f]{64})?$/)
  .refine((text) => /:[\w][\w.-]*$|@sha256:/.test(text.slice(text.lastIndexOf('/') + 1)))
  .meta({
    expected: 'an image with a fixed tag or digest: without one, or with latest, nobody knows what runs',
    examples: ['ghcr.io/github/github-mcp-server:v1.4.0'],
  });

/** A key of an existing Kubernetes Secret. */
export const secretReference = z.strictObject({
  name: objectName.meta({ description: 'Name of an existing Secret in the namespace.' }),
  key: z
    .string()
    .regex(/^[-._a-zA-Z0-9]+$/)
    .meta({ description: 'Key inside of it.', expected: 'a key of a Secret: letters, digits, - _ .' }),
});

/** Pods that may reach a server: those of a namespace, or of it those with the labels. */
const peer = z.strictObject({
  namespace: label.meta({ description: 'Name of the namespace.', examples: ['agents'] }),
  podLabels: z
    .record(z.string(), z.string())
    .optional()
    .meta({ description: 'Labels that its pods must have.' }),
});

const interval = z
  .string()
  .regex(/^\d+(ms|s|m|h)$/)
  .meta({ expected: 'a Prometheus duration, as 30s' });

/** The keys of every server, whatever it is. */
export const serverKeys = {
  name: label.meta({
    description: 'Name of the Deployment and the Service, and of the entry in namespace-rbac:servers.',
    examples: ['mcp-github'],
  }),
  enabled: z.boolean().meta({ description: 'false deploys nothing.', examples: [true] }),
  image: image.meta({ description: 'The image with a fixed tag or digest.' }),
  port: port
    .optional()
    .meta({ description: "Port of the server and of its Service. Default: the profile's." }),
  path: absolutePath
    .optional()
    .meta({ description: "Where it speaks MCP. Default: the profile's.", examples: ['/mcp'] }),
  allowOrigins: z
    .array(z.string().min(1))
    .optional()
    .meta({ description: 'Allowed browser origins; * for all.', examples: [['https://chat.example.com']] }),
  replicas: z
    .int()
    .min(1)
    .default(1)
    .meta({ description: 'Number of pods.', expected: 'a whole number, at least 1' }),
  resources: z
    .strictObject({
      requests: amounts.optional().meta({ description: 'What the scheduler keeps free for it.' }),
      limits: amounts.optional().meta({ description: 'What it may use at most.' }),
    })
    .optional()
    .meta({ description: 'CPU and memory of the server.' }),
  enableInspector: z.boolean().default(false).meta({ description: 'The MCP Inspector beside the server.' }),
  inspectorImage: image.optional().meta({
    description: 'Image of the inspector; needed with enableInspector.',
    examples: ['ghcr.io/modelcontextprotocol/inspector:0.17.2'],
  }),
  monitoring: z
    .strictObject({
      enabled: z.boolean().meta({ description: 'Whether Prometheus or VictoriaMetrics scrapes the server.' }),
      portName: z
        .string()
        .regex(/^(?=.*[a-z])[a-z0-9]([-a-z0-9]{0,13}[a-z0-9])?$/)
        .default('http')
        .meta({
          description: 'Name of the port.',
          expected: 'at most 15 lower case letters, digits and hyphens',
        }),
      scrapeInterval: interval
        .default('30s')
        .meta({ description: 'How often, as Prometheus writes durations.' }),
    })
    .optional()
    .meta({ description: 'Scrapes; left out with a warning where the server has no metrics.' }),
  rolloutTimeoutSeconds: z.int().min(10).default(300).meta({
    description: 'How long a rollout may take before the deploy fails, in seconds.',
    expected: 'a whole number of seconds, at least 10',
  }),
  podAnnotations: z.record(z.string(), z.string()).optional().meta({
    description: 'Annotations of the pods; changing one rolls them, as after a change of an existing Secret.',
  }),
};

/** Who may reach the servers of a stack: nobody else does. */
export const clients = z.array(peer).meta({
  description: 'Who may reach the server; nobody else does.',
  examples: [[{ namespace: 'agents' }]],
});

/** What holds for every server of a stack. */
export const defaults = z
  .strictObject({
    runAsUser: z.int().min(1).default(1000).meta({
      description: 'Numeric user id of servers whose image names none.',
      expected: 'a user id other than 0: the namespace refuses root',
    }),
    hostUsers: z
      .boolean()
      .default(false)
      .meta({ description: "Whether pods share the node's user namespace." }),
    enableServiceLinks: z.literal(false).default(false).meta({
      description:
        'Always false: a Service named github would set GITHUB_PORT, and the server would bind port 0.',
      expected:
        'false: variables of other Services change what servers do (a Service named github sets GITHUB_PORT)',
    }),
    automountServiceAccountToken: z.literal(false).default(false).meta({
      description: 'Always false: a server that needs its token gets it as a volume of its own.',
      expected: 'false: it would give the token to every container of the pod, the inspector included',
    }),
    podScrape: z.enum(['PodMonitor', 'VMPodScrape']).default('PodMonitor').meta({
      description: 'Which operator scrapes: PodMonitor for Prometheus, VMPodScrape for VictoriaMetrics.',
    }),
    scrapers: z.array(peer).default([]).meta({ description: 'Who scrapes, so that the policy lets it in.' }),
  })
  .prefault({})
  .meta({ description: 'What holds for every server of the stack.' });

/** What nobody has verified of an image, and the preview marks as such. */
export const statedFacts = z.strictObject({
  sessions: z.enum(['stateless', 'in-memory']).meta({ description: 'Whether a session lives in one pod.' }),
  probe: z.union([z.literal('tcp'), z.strictObject({ path: absolutePath, port: port.optional() })]).meta({
    description: 'How the kubelet asks: tcp, or an HTTP path.',
    expected: 'tcp, or path: and a path',
  }),
  runAsUser: z.int().min(1).optional().meta({ description: 'Numeric user id. Default: that of defaults.' }),
  writablePaths: z
    .array(absolutePath)
    .default([])
    .meta({ description: 'Paths that it writes to, besides /tmp.' }),
  metrics: z
    .union([z.literal('none'), z.strictObject({ port, path: absolutePath })])
    .default('none')
    .meta({
      description: 'none, or the port and path that answer a scrape.',
      expected: 'none, or port: and path:',
    }),
});

/** Who may reach the servers of a stack, as `clients` parsed it. */
export type Clients = z.output<typeof clients>;
/** What holds for every server of a stack, as `defaults` parsed it. */
export type Defaults = z.output<typeof defaults>;
/** The keys of every server, as `serverKeys` parsed them. */
export type ServerKeys = z.output<z.ZodObject<typeof serverKeys>>;
