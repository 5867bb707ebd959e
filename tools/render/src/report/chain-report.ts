import pc from 'picocolors';
import { type RenderedChain } from '../chain/rendered-chain.js';
import { chainPicture } from './chain-picture.js';
import { stackTable } from './stack-table.js';

/** How a report is drawn. */
export interface ReportOptions {
  /** The width, in characters. @default 100 */
  readonly columns?: number;
  /** @default false */
  readonly colors?: boolean;
}

/** The picture of a chain: for each environment its stacks, and of each what it deploys, exposes and leaves out. */
export function chainReport(
  { environments }: RenderedChain,
  { columns = 100, colors: colored = false }: ReportOptions = {},
): string {
  const colors = pc.createColors(colored);
  return environments
    .flatMap(({ name, stacks }) => [
      `${colors.bold(`── ${name} ${'─'.repeat(Math.max(0, columns - name.length - 4))}`)}\n`,
      ...chainPicture(
        stacks.map(({ stack }) => stack),
        colors.cyan,
      ).map((line) => `   ${line}`),
      '',
      ...stacks.filter(({ selected }) => selected).map((stack) => stackTable(stack, columns, colors)),
      '',
    ])
    .join('\n');
}
