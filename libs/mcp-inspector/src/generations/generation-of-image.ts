import parse from 'semver/functions/parse';
import type { InspectorGeneration } from '../mcp-inspector-args.js';

/** The tag of an image reference, and whether it also has a digest. */
export function tagOfImage(image: string): { readonly tag?: string; readonly pinned: boolean } {
  const [reference = '', digest] = image.split('@');
  // A colon before the last slash belongs to the registry's port.
  const tag = reference.slice(reference.lastIndexOf('/') + 1).split(':')[1];
  return { ...(tag !== undefined && tag !== '' && { tag }), pinned: digest !== undefined };
}

/** What the image's version tag says; nothing where the tag is no full version. */
export function generationOfImage(image: string): InspectorGeneration | undefined {
  const version = parse(tagOfImage(image).tag);
  if (version === null) return undefined;
  // By the major number, not by `<2.0.0`: a pre-release of 2.0.0 is already the new generation.
  return version.major < 2 ? 'v1' : 'v2';
}
