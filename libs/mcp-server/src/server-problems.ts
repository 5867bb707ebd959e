import { describeValue, type Problem } from '@mcp-stacks/problem';
import type { McpServerArgs } from './mcp-server-args.js';

/** What a team wants that the facts about the server rule out, each with the reason. */
export function serverProblems(args: McpServerArgs): readonly Problem[] {
  const { profile } = args;
  const problems: Problem[] = [...profile.problems];

  for (const variable of Object.keys({ ...args.env, ...args.credentials })) {
    const reason = profile.refusedEnv[variable];
    const isCredential = variable in (args.credentials ?? {});
    if (reason !== undefined) {
      problems.push({
        where: isCredential ? `credentials.${variable}` : `env.${variable}`,
        found: 'a value',
        expected: `nothing: ${reason}`,
        remedy: `remove ${variable}`,
      });
    } else if (isCredential && !profile.credentials.includes(variable)) {
      problems.push({
        where: `credentials.${variable}`,
        found: 'a credential',
        expected:
          profile.credentials.length === 0
            ? `none: ${profile.id} reads no credential from its environment`
            : `one of ${profile.credentials.join(', ')}: ${profile.id} reads no other`,
        remedy: 'remove it: a credential where nothing reads it is exposure and nothing else',
      });
    } else if (variable in profile.env) {
      problems.push({
        where: `env.${variable}`,
        found: 'a second value',
        expected: `${describeValue(profile.env[variable])}, which the profile ${profile.id} sets`,
        remedy: `remove it; what the profile may set differently is an option of the profile`,
      });
    }
  }
  if (args.allowOrigins !== undefined && profile.allowOriginsEnv === undefined) {
    problems.push({
      where: 'allowOrigins',
      found: describeValue(args.allowOrigins),
      expected: `nothing: ${profile.id} checks no origins`,
      remedy: 'remove it',
    });
  }
  if (profile.authentication === 'none' && args.clients.length === 0) {
    problems.push({
      where: 'clients',
      found: 'no client',
      expected: `at least one: ${profile.id} authenticates nobody, so whoever reaches it uses its credentials`,
      remedy: 'name the namespaces that may reach it, for example clients: [{ namespace: agents }]',
    });
  }
  if (profile.sessions === 'in-memory' && args.autoscaler !== undefined) {
    problems.push({
      where: 'autoscaler',
      found: 'an autoscaler',
      expected: `a fixed number of replicas: sessions of ${profile.id} live in one pod, and scaling in ends them`,
      remedy: 'use replicas instead',
    });
  }
  if (args.kubernetesAccess !== undefined && !profile.usesKubernetesApi) {
    problems.push({
      where: 'kubernetesAccess',
      found: 'a kubeconfig and a token',
      expected: `none: nothing in ${profile.id} uses the Kubernetes API`,
      remedy: 'remove it: a token where nothing reads it is exposure and nothing else',
    });
  }
  if (args.monitoring?.scrapers.length === 0 && profile.metrics !== 'none') {
    problems.push({
      where: 'monitoring.scrapers',
      found: 'no scraper',
      expected: 'at least one: the network policy lets nobody else in',
      remedy: 'name who scrapes, for example scrapers: [{ namespace: monitoring }]',
    });
  }
  return problems;
}

/** What the preview must say about a server, because nobody has verified it or because it was left out. */
export function serverWarnings(args: McpServerArgs): readonly string[] {
  const { profile } = args;
  const warnings: string[] = [];
  if (profile.unverified.length > 0) {
    const facts = profile.unverified.map((field) => `${field}: ${factText(profile[field])}`);
    warnings.push(`unverified for ${args.image}, taken as stated: ${facts.join('; ')}`);
  }
  if (profile.authentication === 'none') {
    warnings.push(`${profile.id} authenticates nobody: whoever reaches it uses its credentials`);
  }
  if (args.monitoring !== undefined && profile.metrics === 'none') {
    warnings.push(
      `monitoring is left out: ${profile.id} ` +
        (profile.unverified.includes('metrics') ? 'is not known to answer a scrape' : 'answers no scrape'),
    );
  }
  if (args.kubernetesAccess?.apiServer.cidrs.length === 0) {
    warnings.push('the API server is out of reach: namespace-rbac names no endpoint of it (apiServer.cidrs)');
  }
  return warnings;
}

/** A fact as it reads in a warning. */
function factText(fact: unknown): string {
  if (Array.isArray(fact)) return fact.length === 0 ? 'none' : fact.join(', ');
  if (typeof fact === 'object' && fact !== null) {
    const { kind, path, port } = fact as { kind?: string; path?: string; port?: number };
    return [kind, path, port].filter((part) => part !== undefined).join(' ');
  }
  return String(fact);
}
