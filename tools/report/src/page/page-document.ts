import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { html, Html } from './html.js';

/** What goes into a page. */
interface PageDocument {
  readonly title: string;
  readonly body: Html;
  readonly hasScript: boolean;
}

const ASSETS = join(__dirname, '../../assets');

/** A page that asks nothing of anybody: its policy allows its own style and script by their hash, and nothing else. */
export function pageDocument({ title, body, hasScript }: PageDocument): string {
  const style = readFileSync(join(ASSETS, 'page.css'), 'utf8');
  const script = hasScript ? readFileSync(join(ASSETS, 'page.js'), 'utf8') : '';
  const policy = `default-src 'none'; style-src ${hashOf(style)}; script-src ${hasScript ? hashOf(script) : "'none'"}; base-uri 'none'; form-action 'none'`;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        ${new Html(`<style>${style}</style>`)}
      </head>
      <body>
        ${body}${hasScript ? new Html(`<script>${script}</script>`) : undefined}
      </body>
    </html> `.source;
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
