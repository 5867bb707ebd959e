import { z } from 'zod';
import { labelName, objectName } from './names.js';
import { exceeds, quantity } from './quantity.js';

const KINDS = ['existingClaim', 'storageClass', 'static'] as const;

const accessMode = z
  .enum(['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany'])
  .default('ReadWriteOnce')
  .meta({
    description: 'Who may mount it at once: ReadWriteOnce is the pods of one node.',
    examples: ['ReadWriteOnce'],
  });

const claim = quantity.meta({ description: 'How much the claim asks for.', examples: ['1Gi'] });

const storageClass = z
  .strictObject({
    name: objectName.optional().meta({
      description: "Name of the StorageClass. Absent: the cluster's default.",
      examples: ['standard'],
    }),
    claim,
    accessMode,
  })
  .meta({ description: 'A claim that a StorageClass makes the volume for.' });

const staticVolume = z
  .strictObject({
    node: labelName.or(objectName).meta({
      description: "The node's kubernetes.io/hostname label; all pods with this volume run there.",
      examples: ['master-1'],
    }),
    path: z
      .string()
      .regex(/^\/(?!.*(^|\/)\.\.(\/|$)).+/)
      .meta({
        description: 'Absolute path of a directory that exists on the node: nothing creates it.',
        examples: ['/var/local-path-provisioner/my-reforge-ai-shared'],
        expected: 'an absolute path without ..',
      }),
    capacity: quantity.meta({
      description: 'What the volume is said to hold; nothing enforces it on a directory.',
      examples: ['5Gi'],
    }),
    claim,
    accessMode,
  })
  .superRefine((volume, context) => {
    if (!exceeds(volume.claim, volume.capacity)) return;
    context.addIssue({
      code: 'custom',
      path: ['claim'],
      message: `at most the capacity, ${volume.capacity}: a claim binds no smaller volume`,
      params: { remedy: 'lower it, or raise capacity' },
    });
  })
  .meta({ description: 'A directory of one node, as a local PersistentVolume bound to a claim.' });

export const sharedCodeSchema = z
  .strictObject({
    existingClaim: objectName
      .optional()
      .meta({ description: 'Name of a claim that exists already.', examples: ['shared-code'] }),
    storageClass: storageClass.optional(),
    static: staticVolume.optional(),
  })
  .superRefine((choice, context) => {
    const chosen = KINDS.filter((kind) => choice[kind] !== undefined);
    if (chosen.length === 1) return;
    context.addIssue({
      code: 'custom',
      message: `exactly one of ${KINDS.join(', ')}`,
      params: {
        remedy: chosen.length === 0 ? 'add one, or leave sharedCode out' : `keep one of ${chosen.join(', ')}`,
      },
    });
  })
  .optional()
  .meta({ description: 'The volume that servers share code on. Absent: none.' });

export type SharedCodeConfig = z.output<typeof sharedCodeSchema>;
