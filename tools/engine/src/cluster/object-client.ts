import http from 'node:http';
import https from 'node:https';
import { text } from 'node:stream/consumers';
import type { Connection } from '@mcp-stacks/kube-context';

/** An object of the cluster by its name. */
export interface ObjectReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string | undefined;
  readonly name: string;
}

/** An object as the API server sends it, with all fields that it has. */
export interface LiveObject {
  readonly metadata: {
    readonly resourceVersion?: string;
    readonly creationTimestamp?: string;
    /** There while it is being deleted. */
    readonly deletionTimestamp?: string;
    readonly finalizers?: readonly string[];
    readonly managedFields?: readonly ManagedFields[];
  };
  readonly [field: string]: unknown;
}

/** Which fields of an object a manager wrote (Kubernetes' `ManagedFieldsEntry`). */
export interface ManagedFields {
  readonly manager?: string;
  readonly subresource?: string;
  readonly fieldsV1?: Readonly<Record<string, unknown>>;
}

/** One step of a JSON Patch (RFC 6902). */
export type PatchStep =
  | { readonly op: 'test'; readonly path: string; readonly value: unknown }
  | { readonly op: 'remove'; readonly path: string };

/** A request that the API server answered with an error. */
export class RequestError extends Error {
  /**
   * @param code HTTP status.
   * @param body What the server sent: a `Status` as JSON, where it is Kubernetes that answered.
   */
  constructor(
    readonly code: number,
    readonly body: string,
  ) {
    super(`HTTP status ${code}`);
    this.name = 'RequestError';
  }
}

interface ResourceList {
  readonly resources: readonly {
    readonly name: string;
    readonly kind: string;
    readonly namespaced: boolean;
  }[];
}

const METADATA_ONLY = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1';

/**
 * Reads and changes objects of any kind. The library's own client for that sends and returns only the fields that its
 * version knows, and has no JSON Patch.
 */
export class ObjectClient {
  readonly #config: Connection['config'];
  readonly #patience: number;
  readonly #resources = new Map<string, Promise<ResourceList>>();

  /** @param patience How long the API server may be silent, in milliseconds. @default half a minute */
  constructor({ config }: Pick<Connection, 'config'>, patience = 30_000) {
    this.#config = config;
    this.#patience = patience;
  }

  /** `undefined` where the object, its namespace or its kind is not there. */
  async read(object: ObjectReference): Promise<LiveObject | undefined> {
    return await this.#onObject(object, 'GET', {});
  }

  /** Like `read`, without anything but `metadata`: a Secret's values stay where they are. */
  async readMetadata(object: ObjectReference): Promise<LiveObject | undefined> {
    return await this.#onObject(object, 'GET', { accept: METADATA_ONLY });
  }

  async patch(object: ObjectReference, steps: readonly PatchStep[]): Promise<LiveObject | undefined> {
    return await this.#onObject(object, 'PATCH', {
      type: 'application/json-patch+json',
      body: JSON.stringify(steps),
    });
  }

  /** @returns Whether it was there. */
  async delete(object: ObjectReference): Promise<boolean> {
    return (await this.#onObject(object, 'DELETE', {})) !== undefined;
  }

  async #onObject(
    { apiVersion, kind, namespace, name }: ObjectReference,
    method: string,
    options: RequestOptions,
  ): Promise<LiveObject | undefined> {
    const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    try {
      const list = this.#resources.get(root) ?? this.#request<ResourceList>('GET', root, {});
      this.#resources.set(root, list);
      const resource = (await list).resources.find((one) => one.kind === kind && !one.name.includes('/'));
      if (resource === undefined) return undefined;
      const folder = namespace === undefined || !resource.namespaced ? '' : `/namespaces/${namespace}`;
      return await this.#request(method, `${root}${folder}/${resource.name}/${name}`, options);
    } catch (error) {
      if (error instanceof RequestError && error.code === 404) return undefined;
      throw error;
    }
  }

  async #request<T>(method: string, path: string, { accept, type, body }: RequestOptions): Promise<T> {
    const server = this.#config.getCurrentCluster()?.server.replace(/\/$/, '') ?? '';
    const url = new URL(server + path);
    const options: https.RequestOptions = {
      method,
      timeout: this.#patience,
      headers: {
        Accept: accept ?? 'application/json',
        ...(body === undefined ? {} : { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) }),
      },
    };
    await this.#config.applyToHTTPSOptions(options);
    const { status, content } = await new Promise<Answer>((resolve, reject) => {
      const send = url.protocol === 'http:' ? http.request : https.request;
      const request = send(url, options, (response) => {
        text(response).then((content) => {
          resolve({ status: response.statusCode ?? 0, content });
        }, reject);
      });
      request
        .on('timeout', () => request.destroy(new Error(`silent for ${this.#patience / 1000} s`)))
        .on('error', reject)
        .end(body);
    });
    if (status < 200 || status > 299) throw new RequestError(status, content);
    return JSON.parse(content) as T;
  }
}

interface Answer {
  readonly status: number;
  readonly content: string;
}

interface RequestOptions {
  readonly accept?: string;
  readonly type?: string;
  readonly body?: string;
}
