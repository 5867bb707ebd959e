import { type Tree } from '@nx/devkit';
import { isMap, isScalar, LineCounter, parseDocument, type YAMLMap } from 'yaml';

/**
 * Adds a server to `<project>:servers` of a `Pulumi.<environment>.yaml`, the rest of the file kept as it is.
 *
 * @returns The namespace that this environment deploys into.
 */
export function addServer(tree: Tree, file: string, project: string, server: string): string {
  const text = tree.read(file, 'utf8') ?? '';
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter });
  const path = ['config', `${project}:servers`];
  const servers = document.getIn(path);
  if (isMap(servers) && servers.flow !== true && servers.items.length > 0) {
    if (!servers.has(server)) tree.write(file, appendLine(text, servers, `${server}: {}`, lineCounter));
  } else {
    document.setIn([...path, server], document.createNode({}));
    tree.write(file, document.toString({ lineWidth: 0 }));
  }
  return String(document.getIn(['config', `${project}:namespace`, 'name']));
}

/** Writing the document anew would move comments elsewhere in the file. */
function appendLine(text: string, map: YAMLMap, line: string, lineCounter: LineCounter): string {
  const first = map.items[0]?.key;
  const start = isScalar(first) ? (first.range?.[0] ?? 0) : 0;
  const indent = ' '.repeat(lineCounter.linePos(start).col - 1);
  const end = text.indexOf('\n', (map.range?.[1] ?? text.length) - 1);
  const [before, after] = end < 0 ? [text, '\n'] : [text.slice(0, end), text.slice(end)];
  return `${before}\n${indent}${line}${after}`;
}
