import { describeValue, type Problem } from '@mcp-stacks/problem';
import { type RecordedResource, type Recording } from '@mcp-stacks/recorder';
import { type FieldPath, pathText, valueAt } from '../manifests/field-path.js';
import { objectName } from '../manifests/kubernetes-object.js';
import { type Manifest } from '../manifests/manifest.js';
import { POD_SECURITY_RULES, type PodSecurityRule } from './pod-security-rules.js';
import { CONTAINER_LISTS, podTemplatePath } from './pod-template.js';

/** What a stack's components warned of, by the resource that it is about, or of which the one that it is about is a part. */
export type Announcements = (resource: RecordedResource) => readonly string[];

/** The warnings of a run. */
export function announcementsIn({ resources, logs }: Recording): Announcements {
  const parents = new Map(resources.map(({ urn, parent }) => [urn, parent]));
  const warnings = new Map<string, string[]>();
  for (const { severity, urn, message } of logs) {
    if (severity !== 'warning' || urn === undefined) continue;
    const others = warnings.get(urn);
    if (others === undefined) warnings.set(urn, [message]);
    else others.push(message);
  }
  return (resource) => {
    const found: string[] = [];
    for (let urn: string | undefined = resource.urn; urn !== undefined; urn = parents.get(urn)) {
      found.push(...(warnings.get(urn) ?? []));
    }
    return found;
  };
}

/**
 * Where the pods of a workload break a rule.
 *
 * An exception that the workload, or a component that it is part of, announced in a warning with the container's
 * name is no problem: the preview shows the warning with its reason.
 */
export function podSecurityProblems(
  { object, resource }: Manifest,
  announcementsOf: Announcements,
): readonly Problem[] {
  const base = podTemplatePath(object);
  if (base === undefined) return [];
  const template = valueAt(object, base);
  const announcements = announcementsOf(resource);
  const isAnnounced = ({ announced }: PodSecurityRule, path: FieldPath): boolean => {
    const name = valueAt(template, [...path.slice(0, 3), 'name']);
    return (
      announced !== undefined &&
      typeof name === 'string' &&
      announcements.some((message) => message.includes(`container "${name}" ${announced}`))
    );
  };
  return POD_SECURITY_RULES.flatMap((rule) =>
    rule.fields
      .flatMap((field) => select(template, field))
      .filter((path) => {
        const own = valueAt(template, path);
        const value =
          own === undefined && rule.inherits !== undefined
            ? valueAt(template, rule.inherits.split('.'))
            : own;
        return !rule.accepts(value, String(path.at(-1))) && !isAnnounced(rule, path);
      })
      .map((path) => ({
        where: `${objectName(object)}: ${pathText(object, [...base, ...path])}`,
        found: describeValue(valueAt(template, path)),
        expected: rule.expected,
        remedy:
          rule.announced === undefined
            ? 'set it so'
            : 'set it so, or give the container one of the securityExceptions of K8sApp with its reason',
      })),
  );
}

/** The paths that a rule's field stands for in a template. */
function select(template: unknown, field: string): readonly FieldPath[] {
  if (field.startsWith('CONTAINER.')) {
    const rest = field.slice('CONTAINER.'.length);
    return CONTAINER_LISTS.flatMap((list) => select(template, `spec.${list}[*].${rest}`));
  }
  return field
    .replaceAll('[*]', '.*')
    .split('.')
    .reduce<readonly FieldPath[]>(
      (paths, part) =>
        paths.flatMap((path) => {
          if (part !== '*') return [[...path, part]];
          const value = valueAt(template, path);
          if (Array.isArray(value)) return value.map((_, index) => [...path, index]);
          return typeof value === 'object' && value !== null
            ? Object.keys(value).map((key) => [...path, key])
            : [];
        }),
      [[]],
    );
}
