import { describeValue, type Problem } from '@mcp-stacks/problem';
import { generationOfImage, tagOfImage } from './generations/generation-of-image.js';
import type { McpInspectorArgs } from './mcp-inspector-args.js';

/** Everything that is wrong with the arguments. */
export function* inspectorProblems(serverName: string, args: McpInspectorArgs): Generator<Problem> {
  // `IsDNS1123Label` in k8s.io/apimachinery/pkg/util/validation
  if (serverName.length > 63 || !/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(serverName)) {
    yield {
      where: 'args.name',
      found: describeValue(serverName),
      expected: 'at most 63 lower case letters, digits and hyphens, with a letter or digit at both ends',
      remedy: "Give the name of the server's Deployment.",
    };
  }
  yield* imageProblems(args);
  yield* serverUrlProblems(args.serverUrl);
  if (args.runAsUser !== undefined && !(Number.isInteger(args.runAsUser) && args.runAsUser > 0)) {
    yield {
      where: 'args.runAsUser',
      found: describeValue(args.runAsUser),
      expected: 'an integer of 1 or more: the inspector starts processes on request, never as root',
      remedy: 'Leave it out for 1000.',
    };
  }
}

function* imageProblems({ image, generation }: McpInspectorArgs): Generator<Problem> {
  const { tag, pinned } = tagOfImage(image);
  const where = 'args.image';
  const found = describeValue(image);
  if (!pinned && (tag === undefined || tag === 'latest')) {
    yield {
      where,
      found,
      expected: 'a fixed version tag or digest',
      remedy: 'Name a version, as in ghcr.io/modelcontextprotocol/inspector:2.12.0.',
    };
  } else if (generation === undefined && generationOfImage(image) === undefined) {
    yield {
      where,
      found,
      expected:
        'a tag that is a full version, as 0.17.2 or 2.12.0: the two generations are configured differently',
      remedy: "Use a version tag, or set args.generation to 'v1' (before 2.0.0) or 'v2'.",
    };
  }
}

function* serverUrlProblems(serverUrl: string): Generator<Problem> {
  const where = 'args.serverUrl';
  const url = URL.canParse(serverUrl) ? new URL(serverUrl) : undefined;
  const found = describeValue(serverUrl.replace(/\/\/.*@/, '//…@'));
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    yield {
      where,
      found,
      expected: 'an http or https URL',
      remedy: "Give the server's endpoint inside the pod, as http://127.0.0.1:8080/mcp.",
    };
  } else if (url.username !== '' || url.password !== '') {
    yield {
      where,
      found,
      expected: 'a URL without credentials: it stands in plain text in the pod',
      remedy: "Take them out; enter a credential in the inspector's page.",
    };
  }
}
