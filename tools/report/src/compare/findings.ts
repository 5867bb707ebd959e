import { type StackSummary } from '@mcp-stacks/render';

/** What came, and what went. */
export interface ListChange {
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** What a stack's manifests do not say. */
export const FINDINGS = [
  'warnings',
  /** Who reaches whom: `mcp-github:8082 ← namespace agents`, one for each port and peer. */
  'exposure',
  /** Whom it reaches: `mcp-github → DNS`. */
  'egress',
  'images',
  'assumed',
] as const;

/** How it has changed. */
export type Findings = Readonly<Record<(typeof FINDINGS)[number], ListChange>>;

/** @param before Absent where the stack is new. @param after Absent where it is gone. */
export function findings(before: StackSummary | undefined, after: StackSummary | undefined): Findings {
  const change = (texts: (summary: StackSummary) => readonly string[]): ListChange => {
    const [old, current] = [before, after].map((one) => new Set(one === undefined ? [] : texts(one)));
    return {
      added: [...(current ?? [])].filter((text) => !old?.has(text)),
      removed: [...(old ?? [])].filter((text) => !current?.has(text)),
    };
  };
  return {
    warnings: change(({ warnings }) => warnings),
    exposure: change(({ exposed }) =>
      exposed.flatMap(({ port, from }) => from.map((peer) => `${port} ← ${peer}`)),
    ),
    egress: change(({ egress }) =>
      egress.flatMap(({ workload, to }) => to.map((peer) => `${workload} → ${peer}`)),
    ),
    images: change(({ images }) => images),
    assumed: change(({ assumed }) =>
      assumed.flatMap(({ stack, outputs }) => outputs.map((output) => `${stack}: ${output}`)),
    ),
  };
}
