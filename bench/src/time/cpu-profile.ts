/** What of V8's CPU profile (`--cpu-prof`, the inspector's `Profiler.Profile`) is read here. */
export interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: Frame;
    readonly children?: readonly number[];
  }[];
  /** In microseconds. */
  readonly startTime: number;
  readonly endTime: number;
  /** The node of each sample. */
  readonly samples: readonly number[];
  /** Microseconds since the sample before. */
  readonly timeDeltas: readonly number[];
}

export interface Frame {
  readonly functionName: string;
  readonly url: string;
}

/** The stack of each sample, the outermost frame first, with the milliseconds that it stands for. */
export function* stacksOf(profile: CpuProfile): Generator<{ stack: readonly Frame[]; milliseconds: number }> {
  const parents = new Map<number, number>();
  const frames = new Map<number, Frame>();
  for (const { id, callFrame, children = [] } of profile.nodes) {
    frames.set(id, callFrame);
    for (const child of children) parents.set(child, id);
  }
  const stacks = new Map<number, readonly Frame[]>();
  for (const [index, sample] of profile.samples.entries()) {
    let stack = stacks.get(sample);
    if (stack === undefined) {
      const found: Frame[] = [];
      for (let id: number | undefined = sample; id !== undefined; id = parents.get(id)) {
        const frame = frames.get(id);
        if (frame !== undefined) found.unshift(frame);
      }
      stack = found;
      stacks.set(sample, stack);
    }
    yield { stack, milliseconds: (profile.timeDeltas[index] ?? 0) / 1000 };
  }
}
