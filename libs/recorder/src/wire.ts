import * as rpc from '@pulumi/pulumi/runtime/rpc';
import { type JavaScriptValue, type Struct } from 'google-protobuf/google/protobuf/struct_pb';
import { inProcessStruct } from './in-process-struct.js';
import { SecretValue, UnknownValue } from './values.js';

/**
 * Plain values from the engine's wire form, secrets kept at the leaf where they were put.
 *
 * Pulumi's own `deserializeProperties` lifts a nested secret to the whole top-level property, which would make a
 * Deployment secret for one variable of it.
 */
export function decode(struct: Struct | undefined): Record<string, unknown> {
  return struct === undefined ? {} : (decodeValue(struct.toJavaScript()) as Record<string, unknown>);
}

function decodeValue(value: unknown): unknown {
  if (value === rpc.unknownValue) return new UnknownValue();
  if (Array.isArray(value)) return value.map(decodeValue);
  if (value === null || typeof value !== 'object') return value;
  const object = value as Record<string, unknown>;
  switch (object[rpc.specialSigKey]) {
    case rpc.specialSecretSig:
      return asSecret(decodeValue(object.value));
    case rpc.specialOutputValueSig: {
      const inner = 'value' in object ? decodeValue(object.value) : new UnknownValue();
      return object.secret === true ? asSecret(inner) : inner;
    }
    case rpc.specialResourceSig:
      return object.urn;
  }
  return Object.fromEntries(Object.entries(object).map(([key, entry]) => [key, decodeValue(entry)]));
}

function asSecret(value: unknown): SecretValue {
  return value instanceof SecretValue ? value : new SecretValue(value);
}

/** The wire form of plain values, `SecretValue` and `UnknownValue` included. */
export function encode(values: Readonly<Record<string, unknown>>): Struct {
  return inProcessStruct(encodeValue(values) as Record<string, JavaScriptValue>);
}

function encodeValue(value: unknown): unknown {
  if (value instanceof UnknownValue) return rpc.unknownValue;
  if (value instanceof SecretValue) {
    return { [rpc.specialSigKey]: rpc.specialSecretSig, value: encodeValue(value.value) };
  }
  if (Array.isArray(value)) return value.map(encodeValue);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, entry]) => entry !== undefined)
      .map(([key, entry]) => [key, encodeValue(entry)]),
  );
}

/** Whether a secret stands anywhere in a value. */
export function containsSecret(value: unknown): boolean {
  if (value instanceof SecretValue) return true;
  if (value === null || typeof value !== 'object' || value instanceof UnknownValue) return false;
  return Object.values(value).some(containsSecret);
}
