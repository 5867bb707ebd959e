import path from 'node:path';
import { isMap, isScalar, isSeq, parseDocument } from 'yaml';

/**
 * The text of a `Pulumi.yaml` that may stand in another folder: the same project, with every path made absolute.
 *
 * @param text The stack's own `Pulumi.yaml`.
 * @param folder The folder of that file, absolute.
 * @param main The compiled program, absolute.
 */
export function relocateProjectFile(text: string, folder: string, main: string): string {
  const document = parseDocument(text);
  document.set('main', main);
  document.delete('stackConfigDir');
  document.delete('backend');
  const plugins = document.get('plugins');
  for (const group of isMap(plugins) ? plugins.items : []) {
    for (const plugin of isSeq(group.value) ? group.value.items : []) {
      const location = isMap(plugin) ? plugin.get('path', true) : undefined;
      if (isScalar(location)) location.value = path.resolve(folder, String(location.value));
    }
  }
  return document.toString();
}
