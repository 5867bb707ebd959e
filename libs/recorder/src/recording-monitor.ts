import * as grpc from '@grpc/grpc-js';
import * as provider from '@pulumi/pulumi/proto/provider_pb.js';
import * as resource from '@pulumi/pulumi/proto/resource_pb.js';
import { Empty } from 'google-protobuf/google/protobuf/empty_pb.js';
import { type RecordedOptions, type RecordedResource, type RecordOptions } from './recording.js';
import { containsSecret, decode, encode } from './wire.js';

type Callback<T> = (error: Error | null, response?: T) => void;

const STACK_TYPE = 'pulumi:pulumi:Stack';
/** The function that reads another stack's outputs, as the engine has it (`pkg/resource/deploy/builtins.go`). */
const READ_STACK_OUTPUTS = 'pulumi:pulumi:readStackOutputs';
const STACK_REFERENCE_TYPE = 'pulumi:pulumi:StackReference';

/** The features of the engine that change what a program registers, and that this monitor understands. */
const FEATURES = [
  resource.ResourceMonitorFeature.RESOURCE_MONITOR_FEATURE_SECRETS,
  resource.ResourceMonitorFeature.RESOURCE_MONITOR_FEATURE_RESOURCE_REFERENCES,
  resource.ResourceMonitorFeature.RESOURCE_MONITOR_FEATURE_OUTPUT_VALUES,
  resource.ResourceMonitorFeature.RESOURCE_MONITOR_FEATURE_ALIAS_SPECS,
  resource.ResourceMonitorFeature.RESOURCE_MONITOR_FEATURE_DELETED_WITH,
  resource.ResourceMonitorFeature.RESOURCE_MONITOR_FEATURE_REPLACE_WITH,
  resource.ResourceMonitorFeature.RESOURCE_MONITOR_FEATURE_REPLACEMENT_TRIGGER,
  resource.ResourceMonitorFeature.RESOURCE_MONITOR_FEATURE_PARAMETERIZATION,
];

/** Stands where the engine's resource monitor stands: answers as a preview from nothing would, and remembers. */
export class RecordingMonitor {
  readonly resources: RecordedResource[] = [];
  readonly stackReferences = new Set<string>();
  stackOutputs: Record<string, unknown> = {};
  readonly #urns = new Set<string>();
  readonly #options: Required<Pick<RecordOptions, 'project' | 'stack'>> & RecordOptions;

  constructor(options: Required<Pick<RecordOptions, 'project' | 'stack'>> & RecordOptions) {
    this.#options = options;
  }

  getDeploymentInfo(_request: unknown, callback: Callback<resource.DeploymentInfo>): void {
    const response = new resource.DeploymentInfo();
    response.setSupportedfeaturesList(FEATURES);
    callback(null, response);
  }

  supportsFeature(_request: unknown, callback: Callback<resource.SupportsFeatureResponse>): void {
    callback(null, new resource.SupportsFeatureResponse());
  }

  registerResource(
    request: resource.RegisterResourceRequest,
    callback: Callback<resource.RegisterResourceResponse>,
  ): void {
    const urn = this.#urn(request.getParent(), request.getType(), request.getName());
    if (this.#urns.has(urn)) {
      callback(grpcError(grpc.status.INVALID_ARGUMENT, `Duplicate resource URN '${urn}'`));
      return;
    }
    this.#urns.add(urn);
    const inputs = decode(request.getObject());
    if (request.getType() !== STACK_TYPE) this.resources.push(recorded(urn, request, inputs));

    const response = new resource.RegisterResourceResponse();
    response.setUrn(urn);
    const computed = this.#options.computedOutputs?.(request.getType(), request.getName()) ?? {};
    response.setObject(encode({ ...inputs, ...computed }));
    callback(null, response);
  }

  registerResourceOutputs(request: resource.RegisterResourceOutputsRequest, callback: Callback<Empty>): void {
    if (request.getUrn().split('::')[2] === STACK_TYPE) this.stackOutputs = decode(request.getOutputs());
    callback(null, new Empty());
  }

  readResource(
    request: resource.ReadResourceRequest,
    callback: Callback<resource.ReadResourceResponse>,
  ): void {
    const response = new resource.ReadResourceResponse();
    response.setUrn(this.#urn(request.getParent(), request.getType(), request.getName()));
    if (request.getType() === STACK_REFERENCE_TYPE) {
      this.#withStackOutputs(request.getId(), callback, (values) => {
        response.setProperties(encode(values));
        return response;
      });
    } else {
      response.setProperties(request.getProperties());
      callback(null, response);
    }
  }

  /** Answers with what the engine tells of another stack, or that there is none. */
  #withStackOutputs<T>(
    name: string,
    callback: Callback<T>,
    answer: (values: Readonly<Record<string, unknown>>) => T,
  ): void {
    this.stackReferences.add(name);
    const outputs = this.#options.stackOutputs?.(name);
    if (outputs === undefined) {
      callback(grpcError(grpc.status.UNKNOWN, `unknown stack "${name}"`));
      return;
    }
    const secretOutputNames = Object.keys(outputs).filter((key) => containsSecret(outputs[key]));
    callback(null, answer({ name, outputs, secretOutputNames }));
  }

  invoke(request: resource.ResourceInvokeRequest, callback: Callback<provider.InvokeResponse>): void {
    if (request.getTok() !== READ_STACK_OUTPUTS) {
      callback(refused(`the function ${request.getTok()}`));
      return;
    }
    const { name } = decode(request.getArgs());
    this.#withStackOutputs(String(name), callback, (values) => {
      const response = new provider.InvokeResponse();
      response.setReturn(encode(values));
      return response;
    });
  }

  call(request: { getTok(): string }, callback: Callback<never>): void {
    callback(refused(`the method ${request.getTok()}`));
  }

  registerPackage(_request: unknown, callback: Callback<resource.RegisterPackageResponse>): void {
    const response = new resource.RegisterPackageResponse();
    response.setRef('recorded');
    callback(null, response);
  }

  signalAndWaitForShutdown(_request: unknown, callback: Callback<Empty>): void {
    callback(null, new Empty());
  }

  close(): void {
    // There is no connection to close.
  }

  /** The engine's own rule: a parent's type precedes its child's, the stack's does not. */
  #urn(parent: string, type: string, name: string): string {
    const parentType = parent.split('::')[2];
    const qualified = parentType === undefined || parentType === STACK_TYPE ? type : `${parentType}$${type}`;
    return `urn:pulumi:${this.#options.stack}::${this.#options.project}::${qualified}::${name}`;
  }
}

function refused(what: string): Error {
  return grpcError(
    grpc.status.UNIMPLEMENTED,
    `${what} needs a provider, and this run has none: a stack program of this workspace calls no provider`,
  );
}

function grpcError(code: grpc.status, details: string): Error {
  return Object.assign(new Error(details), { code, details });
}

function recorded(
  urn: string,
  request: resource.RegisterResourceRequest,
  inputs: Record<string, unknown>,
): RecordedResource {
  const parent = request.getParent();
  const providerReference = request.getProvider();
  return {
    urn,
    type: request.getType(),
    name: request.getName(),
    custom: request.getCustom(),
    ...(parent !== '' && parent.split('::')[2] !== STACK_TYPE && { parent }),
    ...(providerReference !== '' && { provider: providerReference }),
    inputs,
    options: options(request),
  };
}

function options(request: resource.RegisterResourceRequest): RecordedOptions {
  const timeouts = request.getCustomtimeouts();
  const importId = request.getImportid();
  return {
    ...(request.hasProtect() && { protect: request.getProtect() }),
    ...(request.hasRetainondelete() && { retainOnDelete: request.getRetainondelete() }),
    ...(request.getDeletebeforereplacedefined() && { deleteBeforeReplace: request.getDeletebeforereplace() }),
    ...(timeouts !== undefined && {
      customTimeouts: {
        ...(timeouts.getCreate() !== '' && { create: timeouts.getCreate() }),
        ...(timeouts.getUpdate() !== '' && { update: timeouts.getUpdate() }),
        ...(timeouts.getDelete() !== '' && { delete: timeouts.getDelete() }),
      },
    }),
    dependsOn: request.getDependenciesList(),
    aliases: request
      .getAliasesList()
      .map((alias) => (alias.hasUrn() ? alias.getUrn() : { ...alias.getSpec()?.toObject() })),
    ignoreChanges: request.getIgnorechangesList(),
    replaceOnChanges: request.getReplaceonchangesList(),
    additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
    ...(importId !== '' && { importId }),
  };
}
