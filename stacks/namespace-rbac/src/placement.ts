import type * as pulumi from '@pulumi/pulumi';

/** Where an object of this stack goes. */
export interface Placement {
  /** The namespace's name, as an output of the namespace itself. */
  readonly namespace: pulumi.Output<string>;
  /** The provider, and that the namespace comes first. */
  readonly options: Readonly<pulumi.CustomResourceOptions>;
}

/** The labels of every object that this stack owns. */
export const OWNED_LABELS = { 'app.kubernetes.io/managed-by': 'pulumi' } as const;
