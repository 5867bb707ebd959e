import { z } from 'zod';

const FULL_NAME = /^[^/\s]+\/[^/\s]+\/[^/\s]+$/;

export const identityStackSchema = z
  .string()
  .regex(FULL_NAME)
  .optional()
  .meta({
    description:
      'Full name of a stack outside this workspace that made the account and the GCP credentials of one server, ' +
      'taken literally. Absent: all accounts are made here.',
    examples: ['organization/output-gateway/my-reforge-ai'],
    expected: 'organization/project/stack',
  });

const outputPath = z.string().regex(/^[^.\s]+(\.[^.\s]+)*$/);
const EXPECTED_PATH = 'the name of an output, and after dots the keys inside of it';

export const identityOutputsSchema = z
  .strictObject({
    namespace: outputPath.meta({
      description: 'The namespace that the account lives in; it must be this one.',
      examples: ['outputs.namespace-name'],
      expected: EXPECTED_PATH,
    }),
    pulumiAccountName: outputPath.meta({
      description: 'Name of the ServiceAccount.',
      examples: ['outputs.pulumi-account-name'],
      expected: EXPECTED_PATH,
    }),
    gcpSecretKeyName: outputPath.meta({
      description: 'Name of the Secret with the GCP credentials.',
      examples: ['outputs.pulumi-gcp-secret-key-name'],
      expected: EXPECTED_PATH,
    }),
  })
  .optional()
  .meta({ description: 'Which outputs of identityStack mean what.' });
