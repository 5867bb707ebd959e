import type { PortArgs } from './container-args.js';
import { argumentPath } from './validation/paths.js';
import type { WorkloadContainer } from './workload-containers.js';

/** One port of the workload's Service. */
export interface ServicePort {
  readonly name: string;
  readonly port: number;
  readonly protocol: NonNullable<PortArgs['protocol']>;
  readonly appProtocol?: string;
  /** Where its author wrote it. */
  readonly path: string;
}

/** The ports that the Service exposes, by name: all of the main container's, and of the others those that opt in. */
export function servicePorts(containers: readonly WorkloadContainer[]): readonly ServicePort[] {
  return containers
    .flatMap(({ role, path, args }) =>
      Object.entries(args.ports ?? {}).flatMap(([name, port]): ServicePort[] => {
        const exposed = port.service ?? role === 'main';
        if (exposed === false) return [];
        return [
          {
            name,
            port: exposed === true ? port.containerPort : exposed,
            protocol: port.protocol ?? 'TCP',
            ...(port.appProtocol !== undefined && { appProtocol: port.appProtocol }),
            path: argumentPath(path, 'ports', name),
          },
        ];
      }),
    )
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}
