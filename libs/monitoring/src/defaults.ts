/** How often pods are scraped unless somebody says otherwise. */
export const DEFAULT_INTERVAL = '30s';

/** On every pod of a `K8sApp`, and stable: dashboards and alerts select by it. */
export const DEFAULT_JOB_LABEL = 'app.kubernetes.io/name';
