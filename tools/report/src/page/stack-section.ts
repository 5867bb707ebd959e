import { type RenderedObject, type StackRendering } from '../compare/rendering.js';
import { type Action } from '../compare/object-change.js';
import { secretKeys } from '../compare/secret-keys.js';
import { type Content, html, type Html } from './html.js';

/** All that one stack deploys. @param actions What becomes of its objects, by key. */
export function stackSection(
  { stack, objects, summary }: StackRendering,
  actions: ReadonlyMap<string, Action>,
): Html {
  const facts: readonly (readonly [string, readonly Content[]])[] =
    summary === undefined
      ? []
      : [
          ['images', summary.images.map((image) => html`<code>${image}</code>`)],
          [
            'exposed',
            summary.exposed.map(({ port, from }) => html`<code>${port}</code> ← ${from.join(', ')}`),
          ],
          [
            'reaches',
            summary.egress.map(({ workload, to }) => html`<code>${workload}</code> → ${to.join(', ')}`),
          ],
          [
            'left-out Secrets',
            summary.leftOut.map(
              ({ name, namespace, keys }) =>
                html`<code>${namespace === undefined ? '' : `${namespace}/`}${name}</code>:
                  ${keys.join(', ') || 'no keys'}`,
            ),
          ],
          ['kept by destroy', summary.kept],
          [
            'assumed',
            summary.assumed.flatMap((one) => one.outputs.map((output) => `${one.stack}: ${output}`)),
          ],
          ['not Kubernetes', summary.notRendered],
          ['notes', summary.notes],
        ];
  return html`<section class="stack" id="stack-${stack}" aria-labelledby="stack-${stack}-title" data-group>
    <h2 id="stack-${stack}-title">
      ${stack} <span class="count">${objects.length} ${objects.length === 1 ? 'object' : 'objects'}</span>
    </h2>
    ${warningsView(summary?.warnings ?? [])}
    ${
      facts.every(([, items]) => items.length === 0)
        ? undefined
        : html`<dl class="facts">
            ${facts.map(([label, items]) =>
              items.length === 0
                ? undefined
                : html`<div data-item>
                    <dt>${label}</dt>
                    <dd>
                      <ul>
                        ${items.map((item) => html`<li>${item}</li>`)}
                      </ul>
                    </dd>
                  </div>`,
            )}
          </dl>`
    }
    <ul class="objects">
      ${objects.map((object) => objectView(object, actions.get(object.key)))}
    </ul>
  </section>`;
}

function warningsView(warnings: readonly string[]): Content {
  if (warnings.length === 0) return undefined;
  return html`<div class="warnings" data-item>
    <h3>${warnings.length === 1 ? '1 warning' : `${warnings.length} warnings`}</h3>
    <ul>
      ${warnings.map((text) => html`<li>${text}</li>`)}
    </ul>
  </div>`;
}

function objectView(rendered: RenderedObject, action: Action | undefined): Html {
  const { object, yaml } = rendered;
  const { kind, metadata } = object;
  const isLeftOut = yaml === '';
  const summary = html`<span class="kind">${kind}</span> <span class="object">${metadata.name}</span>
    <span class="namespace">${metadata.namespace ?? ''}</span
    >${isLeftOut ? html` <span class="badge quiet">left out</span>` : undefined}${action === undefined ? undefined : html` <span class="badge ${action}">${action}</span>`}`;
  return html`<li data-item>
    <details>
      <summary>${summary}</summary>
      ${
        isLeftOut
          ? html`<p class="reason">
              It holds secret values, so it is in no file. Its keys: ${secretKeys(rendered)?.join(', ')}
            </p>`
          : html`<pre tabindex="0"><code>${yaml}</code></pre>`
      }
    </details>
  </li>`;
}
