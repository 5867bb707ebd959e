/**
 * A comment as GitHub shows it, more or less: its Markdown by `marked`, its alerts, and a place for each flowchart.
 *
 * @param toHtml What `marked` makes of Markdown.
 */
export function commentPage(markdown: string, toHtml: (markdown: string) => string): string {
  const body = toHtml(markdown)
    .replaceAll(
      /<blockquote>\s*<p>\[!WARNING\]\s*(?:<br>)?([^]*?)<\/blockquote>/g,
      '<div class="alert"><p class="title">⚠ Warning</p><p>$1</div>',
    )
    .replaceAll(
      /<pre><code class="language-mermaid">([^]*?)<\/code><\/pre>/g,
      '<pre class="mermaid">$1</pre>',
    )
    .replaceAll(
      /<pre><code class="language-diff">([^]*?)<\/code><\/pre>/g,
      (_whole, lines: string) => `<pre>${lines.split('\n').map(diffLine).join('')}</pre>`,
    );
  return `<!doctype html><meta charset="utf-8"><style>${STYLE}</style><div class="comment"><div class="head"><b>github-actions</b> <span>bot</span> commented</div><div class="body">${body}</div></div>`;
}

function diffLine(line: string): string {
  const kind = line.startsWith('+') ? 'added' : line.startsWith('-') ? 'removed' : '';
  return `<span class="line ${kind}">${line}</span>`;
}

const STYLE = `
body { margin: 0; padding: 20px; background: #fff; color: #1f2328; font: 14px/1.5 system-ui, 'DejaVu Sans', sans-serif; }
.comment { border: 1px solid #d1d9e0; border-radius: 6px; }
.head { padding: 8px 16px; background: #f6f8fa; border-bottom: 1px solid #d1d9e0; color: #59636e; border-radius: 6px 6px 0 0; }
.head b { color: #1f2328; } .head span { border: 1px solid #d1d9e0; border-radius: 9px; padding: 0 6px; font-size: 12px; }
.body { padding: 16px; } .body > :first-child { margin-top: 0; } h3 { font-size: 1.25em; margin: 16px 0 12px; }
p, ul, table, pre, details, .alert { margin: 0 0 14px; } ul { padding-left: 2em; }
code { background: #eff1f3; border-radius: 6px; padding: .2em .4em; font: 85% 'DejaVu Sans Mono', monospace; }
pre { background: #f6f8fa; border-radius: 6px; padding: 14px; overflow: hidden; font: 12px/1.45 'DejaVu Sans Mono', monospace; }
pre.mermaid { text-align: center; background: none; border: 1px solid #d1d9e0; }
.line { display: block; min-height: 1.45em; white-space: pre; } .added { background: #dafbe1; color: #116329; } .removed { background: #ffebe9; color: #82071e; }
table { border-collapse: collapse; } th, td { border: 1px solid #d1d9e0; padding: 6px 13px; } th { font-weight: 600; }
.alert { border-left: 4px solid #9a6700; padding: 4px 16px; } .alert .title { color: #9a6700; font-weight: 600; margin: 0 0 8px; }
a { color: #0969da; } sub { font-size: 12px; color: #59636e; vertical-align: baseline; } summary { cursor: pointer; }
`;
