import type { V1ConfigMap } from '@kubernetes/client-node';
import { type Connection, statusOf } from '@mcp-stacks/kube-context';
import { isDeepStrictEqual } from 'node:util';
import { gunzipSync, gzipSync } from 'node:zlib';
import { featureList, type FeatureList } from '../features/feature-list.js';
import type { LiveServer } from './live-server.js';

const KEY = 'features.json';
const COMPRESSED_KEY = 'features.json.gz';

/** What a ConfigMap may hold in plain text and compressed, in bytes: 1 MiB less what is around it, base64 counted. */
const LIMIT = 900 * 1024;
const COMPRESSED_LIMIT = (LIMIT / 4) * 3;

/** What a list that was compressed may become again, in bytes. */
const UNPACKED_LIMIT = 64 * 2 ** 20;

const MANAGER = 'mcp-stacks-health';
const LABELS = {
  'app.kubernetes.io/managed-by': MANAGER,
  'app.kubernetes.io/part-of': 'mcp-stacks',
};

/** What was recorded of a server. */
export interface FeatureRecord {
  /** `undefined` where nothing was recorded, or nothing that can be read. */
  readonly features: FeatureList | undefined;
  /** The ConfigMap, where there is one. */
  readonly configMap: V1ConfigMap | undefined;
}

/** The ConfigMap with a server's last list. */
export function recordName({ name }: { readonly name: string }): string {
  return `${name}-mcp-features`;
}

/** Reads what was recorded of a server. */
export async function readRecord(
  { library, config }: Connection,
  server: LiveServer,
): Promise<FeatureRecord> {
  const api = config.makeApiClient(library.CoreV1Api);
  try {
    const configMap = await api.readNamespacedConfigMap({
      name: recordName(server),
      namespace: server.namespace,
    });
    return { features: parsed(configMap), configMap };
  } catch (error) {
    if (statusOf(error) === 404) return { features: undefined, configMap: undefined };
    throw error;
  }
}

/**
 * Records what a server offers, unless just that is recorded. Its Service owns the ConfigMap, so it goes with the
 * server.
 *
 * @returns Why it was not recorded, or `undefined`.
 */
export async function writeRecord(
  { library, config }: Connection,
  server: LiveServer,
  features: FeatureList,
  { features: recorded, configMap }: FeatureRecord,
): Promise<string | undefined> {
  const owners = [{ apiVersion: 'v1', kind: 'Service', name: server.name, uid: server.uid }];
  const isOurs = configMap?.metadata?.labels?.['app.kubernetes.io/managed-by'] === MANAGER;
  if (configMap !== undefined && !isOurs)
    return `ConfigMap ${server.namespace}/${recordName(server)} is not this command's, and it overwrites nothing`;
  const isOwned = configMap?.metadata?.ownerReferences?.some(({ uid }) => uid === server.uid) === true;
  if (isOwned && isDeepStrictEqual(recorded, features)) return undefined;
  const content = contentOf(features);
  if (content === undefined) return 'its list is too long for a ConfigMap, even compressed';
  // Applied on the server's side: made where it is not there, and what this command wrote before is gone.
  await config.makeApiClient(library.CoreV1Api).patchNamespacedConfigMap(
    {
      name: recordName(server),
      namespace: server.namespace,
      fieldManager: MANAGER,
      body: {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: recordName(server), labels: LABELS, ownerReferences: owners },
        ...content,
      },
    },
    library.setHeaderOptions('Content-Type', library.PatchStrategy.ServerSideApply),
  );
  return undefined;
}

/** Readable where it fits. */
export function contentOf(features: FeatureList): Pick<V1ConfigMap, 'data' | 'binaryData'> | undefined {
  const text = JSON.stringify(features);
  if (Buffer.byteLength(text) <= LIMIT) return { data: { [KEY]: text } };
  const compressed = gzipSync(text);
  if (compressed.length > COMPRESSED_LIMIT) return undefined;
  return { binaryData: { [COMPRESSED_KEY]: compressed.toString('base64') } };
}

/** `undefined` for what nobody wrote here, or a former version did in another form. */
export function parsed({
  data,
  binaryData,
}: Pick<V1ConfigMap, 'data' | 'binaryData'>): FeatureList | undefined {
  try {
    const compressed = binaryData?.[COMPRESSED_KEY];
    const text =
      compressed === undefined
        ? data?.[KEY]
        : gunzipSync(Buffer.from(compressed, 'base64'), { maxOutputLength: UNPACKED_LIMIT }).toString();
    return featureList.parse(JSON.parse(text ?? ''));
  } catch {
    return undefined;
  }
}
