import { createRequire } from 'node:module';
import { deferModule } from './defer-module.js';

/** What packages load when they start, by package, though a run without an engine uses none of it. */
const UNUSED: Readonly<Record<string, readonly string[]>> = {
  '@pulumi/pulumi': [
    // The connection to the engine: the recorder stands there.
    '@grpc/grpc-js',
    './proto/analyzer_grpc_pb.js',
    './proto/callback_grpc_pb.js',
    './proto/engine_grpc_pb.js',
    './proto/language_grpc_pb.js',
    './proto/provider_grpc_pb.js',
    './proto/resource_grpc_pb.js',
    '@opentelemetry/api',
    // The Automation API, and what a program needs that is a provider itself.
    './automation/index.js',
    './dynamic/index.js',
    './provider/index.js',
    // Functions that become resources: the TypeScript compiler, and npm to find the packages that they use.
    './runtime/closure/createClosure.js',
    'typescript',
    '@npmcli/arborist',
    'normalize-package-data',
    'upath',
    // Versions of plugins.
    'semver',
  ],
  // Messages in fifty languages.
  zod: ['./v4/locales/index.cjs'],
};

/**
 * Puts off loading the modules that the preview never uses, three quarters of all: they are loaded where something
 * does. What a newer version of a package has no longer is passed over.
 */
export function deferUnusedModules(): void {
  for (const [name, files] of Object.entries(UNUSED)) {
    const from = createRequire(require.resolve(name));
    for (const file of files) deferModule(file, from);
  }
}
