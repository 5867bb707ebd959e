import type { Input } from '@pulumi/pulumi';
import type { z } from 'zod';

/**
 * What one stack promises to those that build on it: its outputs, each with its shape.
 *
 * Both sides use the same object: a renamed output breaks the type check of publisher and consumers, and a value
 * of another shape is refused on both sides at run time.
 */
export interface Contract<S extends z.ZodObject = z.ZodObject> {
  /** The publishing stack: its folder, Nx project and Pulumi project. */
  readonly stack: string;
  /** The shape of each output. Each secret is an output of its own, since secretness is per output. */
  readonly outputs: S;
}

/** What a publisher hands over: each output plain or promised. */
export type Published<S extends z.ZodObject> = { readonly [K in keyof z.input<S>]: Input<z.input<S>[K]> };
