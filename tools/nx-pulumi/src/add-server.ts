import { type Tree } from '@nx/devkit';
import { isMap, parseDocument } from 'yaml';

/**
 * Adds a server to `<project>:servers` of a `Pulumi.<environment>.yaml`, comments and order kept.
 *
 * @returns The namespace that this environment deploys into.
 */
export function addServer(tree: Tree, file: string, project: string, server: string): string {
  const document = parseDocument(tree.read(file, 'utf8') ?? '');
  const path = ['config', `${project}:servers`];
  if (!isMap(document.getIn(path))) document.setIn(path, document.createNode({}));
  if (!document.hasIn([...path, server])) document.setIn([...path, server], document.createNode({}));
  tree.write(file, document.toString({ lineWidth: 0 }));
  return String(document.getIn(['config', `${project}:namespace`, 'name']));
}
