import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The images of `images/versions.json`, by the server that is in them. */
export const IMAGES = Object.fromEntries(
  Object.entries(
    JSON.parse(readFileSync(join(__dirname, '..', 'images', 'versions.json'), 'utf8')) as Record<
      Server,
      { readonly image: string }
    >,
  ).map(([server, { image }]) => [server, image]),
) as Readonly<Record<Server, string>>;

type Server =
  | 'githubHttp'
  | 'githubBridged'
  | 'kubernetes'
  | 'everything'
  | 'pulumi'
  | 'inspectorV1'
  | 'inspectorV2'
  | 'prometheus';
