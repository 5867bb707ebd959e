import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const repository = path.resolve(__dirname, '../../../..');

/** A workspace of two chained stacks, `base` and `app`, with real Pulumi programs, outside of this repository. */
export interface TempWorkspace {
  readonly root: string;
  /** Writes a file of the workspace. */
  write(file: string, text: string): void;
  remove(): void;
}

/**
 * A resource whose truth is a file: somebody can change it behind Pulumi's back, as in a cluster. Its provider is
 * part of the program, so it needs no plugin.
 */
const NOTE = `
const pulumi = require('@pulumi/pulumi');
const provider = {
  async create(inputs) {
    const fs = require('node:fs');
    await new Promise((done) => setTimeout(done, inputs.delay ?? 0));
    fs.writeFileSync(inputs.path, inputs.text);
    return { id: inputs.path, outs: inputs };
  },
  async read(id, props) {
    const fs = require('node:fs');
    return fs.existsSync(id) ? { id, props: { ...props, path: id, text: fs.readFileSync(id, 'utf8') } } : {};
  },
  async diff(id, olds, news) { return { changes: olds.text !== news.text, replaces: [], deleteBeforeReplace: true }; },
  async update(id, olds, news) { require('node:fs').writeFileSync(id, news.text); return { outs: news }; },
  async delete(id) { require('node:fs').rmSync(id, { force: true }); },
};
class Note extends pulumi.dynamic.Resource {
  constructor(name, args, options) { super(provider, name, args, options); }
}
const config = new pulumi.Config();
`;

const BASE = `${NOTE}
const { RandomPet } = require('@pulumi/random');
const pet = new RandomPet('pet');
new Note('note', { path: config.require('path'), text: config.require('text'), delay: config.getNumber('delay') });
exports.pet = pet.id;
exports.secret = config.getSecret('secret') ?? 'none';
`;

const APP = `${NOTE}
const base = new pulumi.StackReference('organization/base/' + pulumi.getStack());
if (config.getBoolean('fail')) throw new Error('told to fail');
new Note('note', { path: config.require('path'), text: base.requireOutput('pet') });
`;

export function createTempWorkspace(): TempWorkspace {
  // A space in the path: it must survive the backend's URL.
  const root = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'engine test ')));
  const write = (file: string, text: string) => {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  };
  write('nx.json', '{}');
  write(
    'environments.yaml',
    'dev: { backend: local, confirm: false }\n' +
      'careful: { backend: local, confirm: true }\n' +
      `shared: { backend: { url: "file://${path.join(os.tmpdir(), path.basename(root).replaceAll(' ', '-'))}" }, confirm: false }\n`,
  );
  symlinkSync(path.join(repository, 'node_modules'), path.join(root, 'node_modules'));
  const stack = (name: string, program: string, upstreams: string[]) => {
    const dependencies = { '@pulumi/pulumi': '*', '@pulumi/random': '*' };
    write(
      `stacks/${name}/package.json`,
      JSON.stringify({ name, dependencies, nx: { implicitDependencies: upstreams } }),
    );
    write(`stacks/${name}/Pulumi.yaml`, `name: ${name}\nruntime: nodejs\nmain: dist/index.js\n`);
    write(`stacks/${name}/dist/index.js`, program);
    for (const environment of ['dev', 'careful', 'shared']) {
      const note = path.join(root, `${name}-${environment}.txt`);
      write(
        `stacks/${name}/Pulumi.${environment}.yaml`,
        `config:\n  # Tracked: Pulumi must never write here.\n  ${name}:path: "${note}"\n  ${name}:text: hello\n`,
      );
    }
  };
  stack('base', BASE, []);
  stack('app', APP, ['base']);
  return {
    root,
    write,
    remove: () => {
      rmSync(root, { recursive: true, force: true });
      rmSync(path.join(os.tmpdir(), path.basename(root).replaceAll(' ', '-')), {
        recursive: true,
        force: true,
      });
    },
  };
}
