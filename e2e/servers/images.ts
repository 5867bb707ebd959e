import VERSIONS from '../images/versions.json';

/** The images of `images/versions.json`, by the server that is in them. */
export const IMAGES = Object.fromEntries(
  Object.entries(VERSIONS).map(([server, { image }]) => [server, image]),
) as Readonly<Record<keyof typeof VERSIONS, string>>;
