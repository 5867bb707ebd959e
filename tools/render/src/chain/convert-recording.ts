import { type Problem } from '@mcp-stacks/problem';
import { type RecordedResource, type Recording } from '@mcp-stacks/recorder';
import { type LeftOutSecret, leftOutText, type Manifest } from '../manifests/manifest.js';
import { compareObjects, compareText } from '../manifests/manifest-order.js';
import { toManifest } from '../manifests/to-manifest.js';

/** What a stack's resources become. */
export interface ConvertedRecording {
  /** In the order of the file. */
  readonly manifests: readonly Manifest[];
  readonly leftOut: readonly LeftOutSecret[];
  /** The objects of both, in the order of their registration. */
  readonly owned: readonly Manifest[];
  readonly notRendered: readonly string[];
  readonly problems: readonly Problem[];
}

/** Types that the provider, not the program, turns into objects: no program can tell what they deploy. */
const EXPANDED_BY_PROVIDER = /^kubernetes:(helm\.sh|kustomize|yaml)[:/]/;

/** Sorts a recording into manifests, Secrets that are left out, problems, and what is no Kubernetes object. */
export function convertRecording({ resources }: Recording): ConvertedRecording {
  const manifests: Manifest[] = [];
  const leftOut: LeftOutSecret[] = [];
  const owned: Manifest[] = [];
  const notRendered: string[] = [];
  const problems: Problem[] = [];
  for (const resource of resources) {
    if (!isObject(resource)) {
      if (isForeign(resource)) notRendered.push(`${resource.type} ${resource.name}`);
      continue;
    }
    const converted = toManifest(resource);
    if (converted.kind === 'problems') {
      problems.push(...converted.problems);
      continue;
    }
    owned.push(converted.manifest);
    if (converted.kind === 'secret') leftOut.push(converted.secret);
    else manifests.push(converted.manifest);
  }
  return {
    manifests: manifests.sort((one, other) => compareObjects(one.object, other.object)),
    leftOut: leftOut.sort((one, other) => compareText(leftOutText(one), leftOutText(other))),
    owned,
    notRendered: notRendered.sort(),
    problems,
  };
}

function isObject({ type, custom }: RecordedResource): boolean {
  return custom && type.startsWith('kubernetes:') && !EXPANDED_BY_PROVIDER.test(type);
}

/** Random values, providers and StackReferences are no objects and nobody misses them in a manifest. */
function isForeign({ type, custom }: RecordedResource): boolean {
  return custom && !/^(random|pulumi):/.test(type);
}
