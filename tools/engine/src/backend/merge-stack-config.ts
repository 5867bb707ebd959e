import { type Document, isAlias, isMap, isScalar, isSeq, type Node, parseDocument, YAMLMap } from 'yaml';

/** The text of a working copy, and what could not be carried over into it. */
export interface MergedStackConfig {
  readonly text: string;
  /** Config keys that stood in the working copy as plain values, and that are gone from it now. */
  readonly droppedPlain: readonly string[];
  /** Keys whose local secret gave way to a value of the tracked file. */
  readonly overruledSecrets: readonly string[];
  /** Keys whose value in the tracked file is encrypted with somebody else's key and that have no local secret. */
  readonly unreadable: readonly string[];
}

/**
 * The working copy of a stack's config file for the local backend: what the tracked file says, and what only this
 * developer has: the `encryptionsalt` and the `secure:` values encrypted with it.
 *
 * The tracked file wins, with one exception: an encrypted value in it cannot be read with a local passphrase, so a
 * local secret of the same key takes its place.
 *
 * Scalars keep their spelling (`failsafe`: nothing is a number or a boolean here), so that Pulumi reads from the
 * copy what it would read from the original.
 *
 * @param project Pulumi project name: the namespace of keys written without one.
 * @param tracked Text of the tracked `Pulumi.<env>.yaml`.
 * @param local Text of the working copy as the last run left it, if there was one.
 */
export function mergeStackConfig(
  project: string,
  tracked: string,
  local: string | undefined,
): MergedStackConfig {
  const result = parse(tracked);
  const previous = parse(local ?? '');
  const trackedConfig = configOf(result);
  const localConfig = configOf(previous);
  for (const config of [trackedConfig, localConfig]) qualifyKeys(project, config);

  const report = {
    droppedPlain: [] as string[],
    overruledSecrets: [] as string[],
    unreadable: [] as string[],
  };
  mergeMap(trackedConfig, localConfig, '', report);
  findUnreadable(trackedConfig, localConfig, '', report.unreadable);

  result.delete('encryptionsalt');
  const salt = previous.get('encryptionsalt', true);
  if (salt !== undefined) result.set('encryptionsalt', salt);
  if (trackedConfig.items.length === 0) result.delete('config');
  return { text: result.toString({ lineWidth: 0 }), ...report };
}

function parse(text: string): Document {
  const document: Document = parseDocument(text, { schema: 'failsafe', merge: true });
  if (!isMap(document.contents)) document.contents = document.createNode({});
  return document;
}

function configOf(document: Document): YAMLMap {
  const config = document.get('config', true);
  if (isMap(config)) return config;
  const empty = document.createNode({});
  document.set('config', empty);
  return empty;
}

function qualifyKeys(project: string, config: YAMLMap): void {
  for (const { key } of config.items) {
    if (isScalar(key) && !String(key.value).includes(':')) key.value = `${project}:${String(key.value)}`;
  }
}

function mergeMap(
  tracked: YAMLMap,
  local: YAMLMap,
  path: string,
  report: { droppedPlain: string[]; overruledSecrets: string[] },
): void {
  for (const { key, value } of local.items) {
    const name = isScalar(key) ? String(key.value) : String(key);
    const here = path === '' ? name : `${path}.${name}`;
    const theirs = tracked.get(name, true) as Node | undefined;
    if (theirs === undefined) {
      const secrets = keepSecrets(value, here, report.droppedPlain);
      if (secrets !== undefined) tracked.set(key, secrets);
    } else if (isSecret(value)) {
      if (isSecret(theirs)) tracked.set(name, value);
      else report.overruledSecrets.push(here);
    } else if (isMap(theirs) && !isSecret(theirs) && isMap(value)) {
      mergeMap(theirs, value, here, report);
    }
  }
}

/** The secrets in a value that the tracked file lacks; a list is kept whole, since its elements have no names. */
function keepSecrets(value: unknown, path: string, droppedPlain: string[]): unknown {
  if (isSecret(value)) return value;
  if (isSeq(value) && value.items.some((item) => containsSecret(item))) return value;
  if (!isMap(value)) {
    droppedPlain.push(path);
    return undefined;
  }
  const kept = new YAMLMap();
  for (const { key, value: inner } of value.items) {
    const name = isScalar(key) ? String(key.value) : String(key);
    const secrets = keepSecrets(inner, `${path}.${name}`, droppedPlain);
    if (secrets !== undefined) kept.set(key, secrets);
  }
  return kept.items.length > 0 ? kept : undefined;
}

function containsSecret(value: unknown): boolean {
  if (isSecret(value)) return true;
  if (isSeq(value)) return value.items.some((item) => containsSecret(item));
  return isMap(value) && value.items.some((pair) => containsSecret(pair.value));
}

function findUnreadable(
  merged: YAMLMap,
  local: YAMLMap | undefined,
  path: string,
  unreadable: string[],
): void {
  for (const { key, value } of merged.items) {
    const name = isScalar(key) ? String(key.value) : String(key);
    const here = path === '' ? name : `${path}.${name}`;
    const mine = local?.get(name, true);
    if (isSecret(value)) {
      if (!isSecret(mine)) unreadable.push(here);
    } else if (isMap(value)) {
      findUnreadable(value, isMap(mine) ? mine : undefined, here, unreadable);
    } else if (isSeq(value) && containsSecret(value) && !(isSeq(mine) && containsSecret(mine))) {
      unreadable.push(here);
    }
  }
}

/** How Pulumi writes an encrypted value: a map with the one key `secure`. */
function isSecret(value: unknown): boolean {
  return (
    isMap(value) && value.items.length === 1 && value.has('secure') && !isAlias(value.get('secure', true))
  );
}
