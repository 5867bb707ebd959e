import type { K8sAppArgs } from '../src/index.js';
import { secret } from '@pulumi/pulumi';

/** The least that a workload says. */
export const minimal: K8sAppArgs = {
  namespace: 'tools',
  container: { image: 'ghcr.io/example/echo:1.2.3', ports: { http: { containerPort: 8080 } } },
};

/** A workload that uses every argument at least once. Made inside a program, since it holds Pulumi values. */
export const everything = (): K8sAppArgs => ({
  namespace: 'tools',
  name: 'echo-app',
  version: '1.2.3',
  component: 'server',
  partOf: 'toolbox',
  labels: { team: 'a', 'app.kubernetes.io/name': 'overridden' },
  annotations: { 'example.com/owner': 'team-a' },
  podAnnotations: { 'example.com/pod': 'yes' },
  container: {
    image: 'registry.example:5000/echo:1.2.3',
    imagePullPolicy: 'Always',
    command: ['echo-server'],
    args: ['--verbose'],
    workingDir: '/srv',
    env: {
      ZONE: 'eu',
      API_TOKEN: { secretKeyRef: { name: 'echo-token', key: 'token' } },
      BASE_URL: 'https://$(HOST_NAME)/$$(ZONE)',
      HOST_NAME: { fieldRef: { fieldPath: 'spec.nodeName' } },
    },
    envFrom: [{ configMapRef: { name: 'shared' } }],
    ports: {
      metrics: { containerPort: 9090, service: false },
      http: { containerPort: 8080, service: 80, appProtocol: 'kubernetes.io/h2c' },
    },
    resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { cpu: '1', memory: '1Gi' } },
    startupProbe: { tcpSocket: { port: 'http' }, failureThreshold: 30 },
    readinessProbe: { httpGet: { port: 'http', path: '/ready' } },
    livenessProbe: { exec: { command: ['true'] }, periodSeconds: 10 },
    lifecycle: { preStop: { sleep: { seconds: 5 } } },
    volumeMounts: {
      '/tmp': { volume: 'scratch' },
      '/etc/echo/config.yaml': { volume: 'config', subPath: 'config.yaml', readOnly: true },
    },
    runAsUser: 65532,
    securityContext: { runAsGroup: 65532 },
  },
  initContainers: {
    prepare: {
      image: 'busybox:1.37',
      command: ['true'],
      volumeMounts: { '/scratch': { volume: 'scratch' } },
    },
  },
  sidecars: {
    proxy: {
      image: 'ghcr.io/example/proxy:2.0',
      ports: { proxy: { containerPort: 8443, service: true, protocol: 'TCP' } },
      securityExceptions: [
        { allow: 'writableRootFilesystem', reason: 'it writes its pid beside its binary' },
      ],
    },
    early: { image: 'ghcr.io/example/early:3.0', native: true },
  },
  volumes: { scratch: { emptyDir: {} }, config: { configMap: { name: 'echo-config' } } },
  configMaps: { 'echo-config': { 'config.yaml': 'verbose: true\n' } },
  secrets: { 'echo-token': { token: secret('s3cr3t') } },
  autoscaler: {
    minReplicas: 2,
    maxReplicas: 5,
    targetCpuUtilizationPercent: 70,
    metrics: [
      {
        type: 'Pods',
        pods: { metric: { name: 'rps' }, target: { type: 'AverageValue', averageValue: '10' } },
      },
    ],
    behavior: { scaleDown: { stabilizationWindowSeconds: 600 } },
  },
  disruptionBudget: { maxUnavailable: 1 },
  rolloutTimeoutSeconds: 120,
  terminationGracePeriodSeconds: 60,
  revisionHistoryLimit: 5,
  serviceAccountName: 'echo',
  imagePullSecretNames: ['registry'],
  runAsUser: 2000,
  fsGroup: 3000,
  hostUsers: true,
  podSecurityContext: { supplementalGroups: [4000] },
  nodeSelector: { 'kubernetes.io/os': 'linux' },
  affinity: { podAntiAffinity: {} },
  tolerations: [{ key: 'dedicated', operator: 'Exists' }],
  topologySpreadConstraints: [
    { maxSkew: 1, topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'ScheduleAnyway' },
  ],
  priorityClassName: 'high',
  service: {
    type: 'LoadBalancer',
    annotations: { 'example.com/internal': 'true' },
    sessionAffinity: 'ClientIP',
    sessionAffinityTimeoutSeconds: 3600,
  },
  networkPolicy: { ingress: [{ from: [{ podSelector: {} }] }], egress: [] },
});
