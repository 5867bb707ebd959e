import { remedyLines } from '@mcp-stacks/problem';
import type { RequiredPlugin } from './required-plugins.js';

/** `linux-x64` as Pulumi's archives are called. */
function archivePlatform(architectures: { readonly x64: string; readonly arm64: string }): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  return `${platform}-${process.arch === 'arm64' ? architectures.arm64 : architectures.x64}`;
}

/** How to get the Pulumi CLI with its language hosts: online, by package manager, from a file. */
export function installCliCommands(version: string): string {
  const archive = `pulumi-v${version}-${archivePlatform({ x64: 'x64', arm64: 'arm64' })}.tar.gz`;
  return remedyLines(
    `curl -fsSL https://get.pulumi.com | sh -s -- --version ${version}   and put ~/.pulumi/bin on the PATH`,
    'or: brew install pulumi/tap/pulumi   (Windows: winget install Pulumi.Pulumi)',
    `offline: fetch https://get.pulumi.com/releases/sdk/${archive} elsewhere, then`,
    `         tar -xzf ${archive} --strip-components=1 -C <a folder on the PATH>`,
  );
}

/** How to get a provider plugin: online, from a mirror, from a file. */
export function installPluginCommands({ name, version }: RequiredPlugin): string {
  const command = `pulumi plugin install resource ${name} v${version}`;
  const archive = `pulumi-resource-${name}-v${version}-${archivePlatform({ x64: 'amd64', arm64: 'arm64' })}.tar.gz`;
  return remedyLines(
    command,
    `or from a mirror: ${command} --server <URL>`,
    `offline: ${command} --file ${archive}`,
  );
}
