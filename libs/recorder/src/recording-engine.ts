import * as engine from '@pulumi/pulumi/proto/engine_pb.js';
import { Empty } from 'google-protobuf/google/protobuf/empty_pb.js';
import type { LogEntry } from './recording.js';

type Callback<T> = (error: Error | null, response?: T) => void;

const SEVERITIES: Readonly<Record<number, LogEntry['severity']>> = {
  [engine.LogSeverity.INFO]: 'info',
  [engine.LogSeverity.WARNING]: 'warning',
  [engine.LogSeverity.ERROR]: 'error',
};

/** Stands where the engine's log stands. */
export class RecordingEngine {
  readonly logs: LogEntry[] = [];
  #rootUrn = '';

  log(request: engine.LogRequest, callback: Callback<Empty>): void {
    const severity = SEVERITIES[request.getSeverity()];
    if (severity !== undefined) {
      const urn = request.getUrn();
      this.logs.push({ severity, message: request.getMessage(), ...(urn !== '' && { urn }) });
    }
    callback(null, new Empty());
  }

  getRootResource(_request: unknown, callback: Callback<engine.GetRootResourceResponse>): void {
    const response = new engine.GetRootResourceResponse();
    response.setUrn(this.#rootUrn);
    callback(null, response);
  }

  setRootResource(
    request: engine.SetRootResourceRequest,
    callback: Callback<engine.SetRootResourceResponse>,
  ): void {
    this.#rootUrn = request.getUrn();
    callback(null, new engine.SetRootResourceResponse());
  }

  close(): void {
    // There is no connection to close.
  }
}
