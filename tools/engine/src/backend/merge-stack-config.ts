import { type Document, isAlias, isMap, isNode, isScalar, isSeq, parseDocument, YAMLMap } from 'yaml';

/** The text of a working copy, and what could not be carried over into it. */
export interface MergedStackConfig {
  readonly text: string;
  /** Config keys whose plain value in the working copy was another than in the tracked file, set or removed there. */
  readonly discarded: readonly string[];
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

  const report: Report = { discarded: [], overruledSecrets: [], unreadable: [] };
  mergeMap(
    { config: trackedConfig, document: result },
    { config: localConfig, document: previous },
    '',
    report,
  );
  findUnreadable(trackedConfig, localConfig, '', report.unreadable);

  result.delete('encryptionsalt');
  const salt = previous.get('encryptionsalt', true);
  if (salt !== undefined) result.set('encryptionsalt', salt);
  if (trackedConfig.items.length === 0) result.delete('config');
  // A first copy differs from nothing.
  if (local === undefined) report.discarded.length = 0;
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

interface Report {
  readonly discarded: string[];
  readonly overruledSecrets: string[];
  readonly unreadable: string[];
}

interface Part {
  readonly config: YAMLMap;
  readonly document: Document;
}

function mergeMap(tracked: Part, local: Part, path: string, report: Report): void {
  const keyPath = (name: string) => (path === '' ? name : `${path}.${name}`);
  for (const { key } of tracked.config.items) {
    const name = keyName(key);
    const theirs = tracked.config.get(name, true);
    if (!local.config.has(name) && !isSecret(theirs)) report.discarded.push(keyPath(name));
  }
  for (const { key, value } of local.config.items) {
    const name = keyName(key);
    const here = keyPath(name);
    const theirs: unknown = tracked.config.get(name, true);
    if (theirs === undefined) {
      const secrets = keepSecrets(value, here, report.discarded);
      if (secrets !== undefined) tracked.config.set(key, secrets);
    } else if (isSecret(value)) {
      if (isSecret(theirs)) tracked.config.set(name, value);
      else report.overruledSecrets.push(here);
    } else if (isMap(theirs) && !isSecret(theirs) && isMap(value)) {
      mergeMap({ ...tracked, config: theirs }, { ...local, config: value }, here, report);
    } else if (plainText(theirs, tracked.document) !== plainText(value, local.document)) {
      report.discarded.push(here);
    }
  }
}

function keyName(key: unknown): string {
  return isScalar(key) ? String(key.value) : String(key);
}

function plainText(value: unknown, document: Document): string {
  return JSON.stringify(isNode(value) ? value.toJS(document) : value);
}

/** The secrets in a value that the tracked file lacks; a list is kept whole, since its elements have no names. */
function keepSecrets(value: unknown, path: string, discarded: string[]): unknown {
  if (isSecret(value)) return value;
  if (isSeq(value) && value.items.some((item) => containsSecret(item))) return value;
  if (!isMap(value)) {
    discarded.push(path);
    return undefined;
  }
  const kept = new YAMLMap();
  for (const { key, value: inner } of value.items) {
    const name = keyName(key);
    const secrets = keepSecrets(inner, `${path}.${name}`, discarded);
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
    const name = keyName(key);
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
