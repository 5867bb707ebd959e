import type { types } from '@pulumi/kubernetes';
import { DEFAULTS, secureContainer } from '../defaults.js';
import { environment } from '../environment.js';
import { gated, inPlainText } from '../gates.js';
import { imageProblems } from '../validation/image-problems.js';
import { argumentPath } from '../validation/paths.js';
import type { WorkloadContainer } from '../workload-containers.js';

/** The manifest of one container; lists that Kubernetes keys by name or path are in that order. */
export function containerManifest(
  subject: string,
  { name, role, path, args }: WorkloadContainer,
): types.input.core.v1.Container {
  const plain = (key: string) => (value: NonNullable<typeof args.args>[number], index: number) =>
    inPlainText(subject, argumentPath(path, key, index), value);
  const imagePath = argumentPath(path, 'image');
  return {
    name,
    image: inPlainText(
      subject,
      imagePath,
      gated(subject, args.image, (image) => imageProblems(imagePath, image)),
    ),
    imagePullPolicy: args.imagePullPolicy ?? DEFAULTS.imagePullPolicy,
    ...(role === 'nativeSidecar' && { restartPolicy: 'Always' }),
    ...(args.command !== undefined && { command: args.command.map(plain('command')) }),
    ...(args.args !== undefined && { args: args.args.map(plain('args')) }),
    ...(args.workingDir !== undefined && { workingDir: args.workingDir }),
    ...(notEmpty(args.env) && {
      env: environment(args.env, (variable, value) =>
        inPlainText(subject, argumentPath(path, 'env', variable), value),
      ),
    }),
    ...(args.envFrom !== undefined && { envFrom: [...args.envFrom] }),
    ...(notEmpty(args.ports) && {
      ports: byKey(args.ports).map(([port, { containerPort, protocol = DEFAULTS.protocol }]) => ({
        name: port,
        containerPort,
        protocol,
      })),
    }),
    ...(args.resources !== undefined && { resources: args.resources }),
    ...(args.startupProbe !== undefined && { startupProbe: args.startupProbe }),
    ...(args.readinessProbe !== undefined && { readinessProbe: args.readinessProbe }),
    ...(args.livenessProbe !== undefined && { livenessProbe: args.livenessProbe }),
    ...(args.lifecycle !== undefined && { lifecycle: args.lifecycle }),
    ...(notEmpty(args.volumeMounts) && {
      volumeMounts: byKey(args.volumeMounts).map(([mountPath, { volume, subPath, readOnly }]) => ({
        name: volume,
        mountPath,
        ...(subPath !== undefined && { subPath }),
        ...(readOnly === true && { readOnly }),
      })),
    }),
    securityContext: secureContainer(args),
  };
}

function notEmpty<T>(record: Readonly<Record<string, T>> | undefined): record is Readonly<Record<string, T>> {
  return record !== undefined && Object.keys(record).length > 0;
}

function byKey<T>(record: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(record).sort(([one], [other]) => (one < other ? -1 : 1));
}
