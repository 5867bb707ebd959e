import { z } from 'zod';
import { labelName } from './names.js';

/** Labels that decide which pods the namespace admits, and the one that Kubernetes sets itself. */
const RESERVED_LABELS = /^(pod-security\.kubernetes\.io\/|kubernetes\.io\/metadata\.name$)/;

export const POD_SECURITY_LEVELS = ['restricted', 'baseline', 'privileged'] as const;

export const namespaceSchema = z
  .strictObject({
    name: labelName.meta({
      description: 'Name of the namespace that the servers live in.',
      examples: ['my-reforge-ai'],
    }),
    ownership: z.enum(['own', 'adopt']).meta({
      description:
        'own: this stack makes the namespace, and destroy deletes it. adopt: it exists already (one that does not ' +
        'is made); this stack sets its labels, and destroy leaves namespace and labels. Before a change from own ' +
        'to adopt, take the namespace out of the state (pulumi state delete), or the change deletes it.',
      examples: ['own'],
    }),
    protect: z
      .boolean()
      .default(false)
      .meta({
        description:
          'Whether destroy is refused until pulumi state unprotect, as is any change that would delete the namespace ' +
          'or a claim made by storageClass.',
        examples: [true],
      }),
    labels: z
      .record(
        z.string().refine((key) => !RESERVED_LABELS.test(key), {
          error: 'a label that neither Kubernetes nor podSecurity sets',
          params: { remedy: 'leave it out; the Pod Security level is podSecurity' },
        }),
        z.string(),
      )
      .default({})
      .meta({ description: 'Further labels of the namespace.', examples: [{ team: 'platform' }] }),
    podSecurity: z
      .enum(POD_SECURITY_LEVELS)
      .default('restricted')
      .meta({
        description:
          'The Pod Security level that is enforced: a pod below it is refused. Audit and warnings always take ' +
          'restricted. A level below restricted needs podSecurityReason.',
        examples: ['restricted'],
      }),
    podSecurityReason: z
      .string()
      .min(1)
      .optional()
      .meta({
        description: 'Why the level is below restricted; every preview shows it.',
        examples: ['the log collector mounts /var/log of the node'],
      }),
  })
  .superRefine(({ podSecurity, podSecurityReason }, context) => {
    if (podSecurity === 'restricted' || podSecurityReason !== undefined) return;
    context.addIssue({
      code: 'custom',
      path: ['podSecurityReason'],
      message: `a reason, since podSecurity is ${podSecurity}: every pod of the namespace may then run as root`,
      params: { remedy: 'set podSecurity: restricted, or add podSecurityReason: what needs the lower level' },
    });
  })
  .meta({ description: 'The namespace, and how far this stack owns it.' });

export type NamespaceConfig = z.output<typeof namespaceSchema>;
