/** Whose rights a stack's deployment takes: `administrator` in the whole cluster, `deployer` in one namespace. */
export const ROLES = ['administrator', 'deployer'] as const;
export type Role = (typeof ROLES)[number];

/** One Pulumi project of this workspace: a folder of `stacks/` with a `Pulumi.yaml`. */
export interface Stack {
  /** Its one name: folder, npm package, Nx project and Pulumi project. */
  readonly name: string;
  /** Its folder, absolute. */
  readonly folder: string;
  /** Its folder relative to the workspace's root, with forward slashes: `stacks/github-mcp`. */
  readonly path: string;
  /** The stacks whose outputs it reads, direct ones only, as declared in `nx.implicitDependencies`. */
  readonly upstreams: readonly string[];
  /**
   * Who deploys it: the tag `role:administrator` in `nx.tags` of its `package.json`.
   * @default deployer
   */
  readonly role: Role;
  /** The environments that it has a `Pulumi.<environment>.yaml` for, in the order of `environments.yaml`. */
  readonly environments: readonly string[];
  /** The compiled program, absolute: `main` of `Pulumi.yaml`. It need not be built yet. */
  readonly main: string;
}

/** Where the state of an environment's deployments is kept. */
export type Backend =
  /** Files below `.pulumi-local/` at the workspace's root, set up by this project itself. */
  | { readonly kind: 'local' }
  | {
      readonly kind: 'url';
      /** What `pulumi login` takes: `https://api.pulumi.com`, `s3://bucket`, `file:///srv/state`, … */
      readonly url: string;
      /**
       * What `pulumi stack init --secrets-provider` takes: `awskms://…`, `gcpkms://…`, `passphrase`, …
       * @default the backend's own: the service's key for Pulumi Cloud, a passphrase for the others
       */
      readonly secretsProvider?: string;
    };

/** One entry of `environments.yaml`. */
export interface Environment {
  readonly name: string;
  readonly backend: Backend;
  /** Whether a command that changes something asks first. */
  readonly confirm: boolean;
}

/** The stacks and environments of a workspace. */
export interface Workspace {
  /** Its folder, absolute: the one that holds `nx.json`. */
  readonly root: string;
  /** All stacks, each after the ones that it builds on; by name where the order is free. */
  readonly stacks: readonly Stack[];
  /** The environments by name, in the order of `environments.yaml`. */
  readonly environments: ReadonlyMap<string, Environment>;
}
