import type { ServerHealth } from '../server-health.js';

/** One server in a few words, the cells of a table. */
export interface Summary {
  readonly server: string;
  /** `github-mcp-server v1.4.0`, or why nobody knows. */
  readonly is: string;
  readonly protocol: string;
  readonly tools: string;
  readonly resources: string;
  readonly prompts: string;
  readonly change: string;
}

/** The heads of the cells. */
export const SUMMARY_HEAD: Readonly<Record<keyof Summary, string>> = {
  server: 'server',
  is: 'says it is',
  protocol: 'protocol',
  tools: 'tools',
  resources: 'resources',
  prompts: 'prompts',
  change: 'since the last deploy',
};

const WITHOUT_LIST = {
  'needs token': 'answers; asks for a bearer token: listing needs one',
  'no answer': 'does not answer',
  'not asked': 'could not be asked',
  'not deployed': 'not deployed',
} as const;

export function summarize(server: ServerHealth): Summary {
  const none = { server: server.name, protocol: '', tools: '', resources: '', prompts: '', change: '' };
  if (server.result !== 'listed') return { ...none, is: WITHOUT_LIST[server.result] };
  const { features } = server;
  if (features === undefined) return { ...none, is: '' };
  const templates = features.resourceTemplates.length;
  return {
    server: server.name,
    is: `${features.server.name} ${features.server.version}`,
    protocol: features.protocolVersion,
    tools: String(features.tools.length),
    resources: `${features.resources.length}${templates === 0 ? '' : ` + ${templates === 1 ? '1 template' : `${templates} templates`}`}`,
    prompts: String(features.prompts.length),
    change: changeText(server),
  };
}

function changeText({ changes, notRecorded }: ServerHealth): string {
  const notes = notRecorded === undefined ? '' : '; not recorded';
  if (changes === undefined) return `nothing was recorded${notes}`;
  if (changes.length === 0) return `the same${notes}`;
  const count = (impact: string) => changes.filter((change) => change.impact === impact).length;
  const [breaks, mayBreak, others] = [count('breaks'), count('may break'), count('compatible')];
  return (
    [
      ...(breaks > 0 ? [`${breaks} breaking`] : []),
      ...(mayBreak > 0 ? [`${mayBreak} may break`] : []),
      ...(others > 0 ? [`${others} compatible`] : []),
    ].join(', ') + notes
  );
}
