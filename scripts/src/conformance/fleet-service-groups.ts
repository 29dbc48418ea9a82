/** What the requirements of a fleet service ask for, by group. */
export const FLEET_SERVICE_GROUPS: Readonly<Record<string, string>> = {
  release: 'Releases and channels: named once, listed, the start of new tenants.',
  plan: 'Plans: one for each distinct schema, refused tenants, approvals, selections.',
  rollout: 'Rollouts: refused before the first change, in waves, within the error budget.',
  control: 'Pausing, resuming, aborting and rolling back, also by several processes.',
  access: 'Rollouts on access: tenants are moved when they are used, and at the deadline.',
  apps: 'Rollouts of app versions: to the tenants that have the app, merged with what they changed.',
  reads: 'Reading many tenants: status, drift, queries and aggregate values.',
};
