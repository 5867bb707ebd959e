import {
  type EnvironmentComparison,
  isUnchanged,
  type StackComparison,
} from '../compare/compare-renderings.js';
import { type FieldChange } from '../compare/field-changes.js';
import { type Findings, FINDINGS } from '../compare/findings.js';
import { ACTIONS, type ObjectChange } from '../compare/object-change.js';
import { secretKeys } from '../compare/secret-keys.js';
import { diffView } from './diff-view.js';
import { type Content, html, type Html } from './html.js';
import { shortValue } from './short-value.js';

/** The difference to the base: counts, findings, and each object. */
export function changesSection({ stacks }: EnvironmentComparison, base: string): Html {
  const changed = stacks.filter((stack) => !isUnchanged(stack));
  const unknown = stacks.filter((stack) => stack.findings === undefined);
  return html`<section id="changes" aria-labelledby="changes-title">
    <h2 id="changes-title">Changes since <span class="mono">${base}</span></h2>
    ${countsTable(stacks)}
    ${changed.length === 0 ? html`<p class="quiet">Nothing changes: not one field of one object.</p>` : undefined}
    ${unknown.length === 0 ? undefined : html`<p class="quiet">The base says nothing of warnings, exposure and images: it was rendered by an older version.</p>`}
    ${changed.map(stackChanges)}
    <p class="quiet note">
      Told from the manifests alone. Whether an object is replaced rather than changed, the engine's own
      preview knows for certain.
    </p>
  </section>`;
}

function countsTable(stacks: readonly StackComparison[]): Html {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Changes by stack">
    <table>
      <thead>
        <tr>
          <th scope="col">stack</th>
          ${ACTIONS.map((action) => html`<th scope="col" class="number">${action}</th>`)}
          <th scope="col" class="number">same</th>
        </tr>
      </thead>
      <tbody>
        ${stacks.map(
          (stack) =>
            html`<tr>
              <th scope="row">
                <a href="#${isUnchanged(stack) ? 'stack' : 'changes'}-${stack.stack}">${stack.stack}</a
                >${stack.presence === 'both' ? undefined : html` <span class="quiet">(${stack.presence})</span>`}
              </th>
              ${ACTIONS.map((action) => {
                const count = stack.counts[action];
                return html`<td class="number">
                  ${count === 0 ? html`<span class="quiet">0</span>` : html`<span class="badge ${action}">${count}</span>`}
                </td>`;
              })}
              <td class="number quiet">${stack.unchanged}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function stackChanges(stack: StackComparison): Html {
  return html`<div class="stack-changes" id="changes-${stack.stack}" data-group>
    <h3>${stack.stack}</h3>
    ${stack.findings === undefined ? undefined : findingsView(stack.findings)}
    <ul class="objects">
      ${stack.changes.map(changeView)}
    </ul>
  </div>`;
}

const TITLES: Readonly<Record<(typeof FINDINGS)[number], string>> = {
  warnings: 'warnings',
  exposure: 'who reaches whom',
  egress: 'whom it reaches',
  images: 'images',
  assumed: 'assumed',
};

function findingsView(findings: Findings): Content {
  const rows = FINDINGS.flatMap((kind) => {
    const { added, removed } = findings[kind];
    if (added.length + removed.length === 0) return [];
    const item = (sign: 'added' | 'removed') => (text: string) =>
      html`<li class="${sign} ${kind}">
        <span class="sign" aria-hidden="true">${sign === 'added' ? '+' : '−'}</span
        ><span><span class="spoken">${sign}: </span>${text}</span>
      </li>`;
    return [
      html`<div data-item>
        <dt>${TITLES[kind]}</dt>
        <dd>
          <ul>
            ${removed.map(item('removed'))}${added.map(item('added'))}
          </ul>
        </dd>
      </div>`,
    ];
  });
  return rows.length === 0 ? undefined : html`<dl class="findings">${rows}</dl>`;
}

function changeView(change: ObjectChange): Html {
  const { action, name, fields, reasons } = change;
  const [kind, ...rest] = name.split(' ');
  return html`<li data-item><details${action === 'change' || action === 'replace' ? html` open` : undefined}>
<summary><span class="badge ${action}">${action}</span><span class="kind">${kind}</span> <span class="object">${rest.join(' ')}</span></summary>
${reasons.map((reason) => html`<p class="reason">${reason}</p>`)}
${
  fields.length === 0
    ? undefined
    : html`<ul class="fields">
        ${fields.map(fieldView)}
      </ul>`
}
${contentView(change)}
</details></li>`;
}

/** Of a Secret, no text is compared: it has a value in it, or stands in for one. */
function contentView({ before, after, fields }: ObjectChange): Content {
  const object = after ?? before;
  const keys = object === undefined ? undefined : secretKeys(object);
  if (keys === undefined) return diffView(before?.yaml ?? '', after?.yaml ?? '');
  return fields.length > 0 ? undefined : html`<p class="reason">Its keys: ${keys.join(', ') || 'none'}</p>`;
}

function fieldView({ path, before, after }: FieldChange): Html {
  const value = (of: unknown, kind: string) =>
    of === undefined ? html`<em>none</em>` : html`<code class="${kind}">${shortValue(of)}</code>`;
  return html`<li>
    <code class="path">${path}</code> ${value(before, 'old')} <span aria-hidden="true">→</span
    ><span class="spoken"> becomes </span> ${value(after, 'new')}
  </li>`;
}
