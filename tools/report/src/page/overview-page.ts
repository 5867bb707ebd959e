import { type EnvironmentComparison } from '../compare/compare-renderings.js';
import { type EnvironmentRendering } from '../compare/rendering.js';
import { html } from './html.js';
import { pageDocument } from './page-document.js';
import { statistics } from './statistics.js';

/** All environments at a glance, each with a link to its page. */
export function overviewPage(
  environments: readonly {
    readonly environment: EnvironmentRendering;
    readonly comparison: EnvironmentComparison | undefined;
  }[],
  commit: string,
): string {
  const body = html`<header class="top">
      <div class="bar">
        <p class="product">mcp-stacks <span>preview</span></p>
      </div>
      <h1>Environments</h1>
      <p class="commit">rendered from <span class="mono">${commit}</span></p>
    </header>
    <main>
      <ul class="environments">
        ${environments.map(
          ({ environment, comparison }) =>
            html`<li>
              <h2><a href="${environment.name}/index.html">${environment.name}</a></h2>
              ${statistics(environment, comparison)}
            </li>`,
        )}
      </ul>
    </main>`;
  return pageDocument({ title: 'mcp-stacks preview', body, hasScript: false });
}
