import { z } from 'zod';

/** RFC 1123. */
const LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const SUBDOMAIN = /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

const EXPECTED_LABEL = 'at most 63 lower-case letters, digits and hyphens, a letter or digit first and last';
const EXPECTED_SUBDOMAIN = 'lower-case letters, digits, hyphens and dots, a letter or digit first and last';

/** The name of a namespace or of a server. */
export const labelName = z
  .string()
  .refine((name) => LABEL.test(name), { error: EXPECTED_LABEL })
  .meta({ pattern: LABEL.source, expected: EXPECTED_LABEL });

/** The name of any other object. */
export const objectName = z
  .string()
  .refine((name) => SUBDOMAIN.test(name), { error: EXPECTED_SUBDOMAIN })
  .meta({ pattern: SUBDOMAIN.source, expected: EXPECTED_SUBDOMAIN });
