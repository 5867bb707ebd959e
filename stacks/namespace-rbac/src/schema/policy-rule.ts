import { z } from 'zod';
import { risksOf } from '../access/risks.js';
import { objectName } from './names.js';

const VERBS = [
  'get',
  'list',
  'watch',
  'create',
  'update',
  'patch',
  'delete',
  'deletecollection',
  'escalate',
  'bind',
  'impersonate',
];

/** A wildcard also grants what is installed tomorrow, and nobody can tell from it what a server needs. */
const NO_WILDCARD = 'names one by one: a wildcard also grants whatever is added to the cluster later';

const named = z.string().refine((name) => !name.includes('*'), {
  error: NO_WILDCARD,
  params: { remedy: 'list what the server uses; kubectl api-resources shows the names' },
});

const verb = z
  .string()
  .superRefine((name, context) => {
    if (VERBS.includes(name)) return;
    context.addIssue({
      code: 'custom',
      message: name === '*' ? NO_WILDCARD : `one of ${VERBS.join(', ')}`,
      params: { remedy: 'list the verbs that the server uses; to read: get, list, watch' },
    });
  })
  .meta({ enum: VERBS });

/** One rule of a Role. What would break the line between servers needs a reason, and a wildcard is never taken. */
export const policyRule = z
  .strictObject({
    apiGroups: z
      .array(named)
      .min(1)
      .meta({ description: 'API groups by name; the core group is "".', examples: [['apps']] }),
    resources: z
      .array(named.min(1))
      .min(1)
      .meta({ description: 'Resources, or subresources as pods/log.', examples: [['deployments']] }),
    resourceNames: z
      .array(objectName)
      .min(1)
      .optional()
      .meta({ description: 'Only objects of these names. Absent: all.', examples: [['settings']] }),
    verbs: z
      .array(verb)
      .min(1)
      .meta({ description: 'What it may do.', examples: [['get', 'list', 'watch']] }),
    reason: z
      .string()
      .min(1)
      .optional()
      .meta({
        description:
          'Why the server needs it; every preview shows it. Required for Secrets, exec and its like, escalate, ' +
          'bind, impersonate, tokens, and for writing Roles or anything that makes pods.',
        examples: ['restarts the batch job on demand'],
      }),
  })
  .superRefine((rule, context) => {
    const risks = risksOf(rule);
    if (risks.length === 0 || rule.reason !== undefined) return;
    context.addIssue({
      code: 'custom',
      path: ['reason'],
      message: `a reason, since the rule grants ${risks.join('; ')}`,
      params: { remedy: 'leave that out of the rule, or add reason: what the server does with it' },
    });
  })
  .meta({ description: 'A rule of the Role.' });

export type PolicyRule = z.output<typeof policyRule>;
