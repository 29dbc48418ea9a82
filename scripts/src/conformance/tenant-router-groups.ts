/** What the requirements of a tenant router ask for, by group. */
export const TENANT_ROUTER_GROUPS: Readonly<Record<string, string>> = {
  session: 'Sessions: expired ones, ones without an organization, organizations with several tenants.',
  context: 'The context of a request: complete, frozen, with the version of the deployed bundle.',
  select:
    'Selecting a tenant of the organization, with the same answer for every tenant that cannot be selected.',
  cache: 'Cached answers: invalidated, bounded in time, refused answers only for a moment.',
  client: 'Drivers of tenants, in use when they are evicted, suspended or closed.',
  concurrency: 'Calls at the same time, and aborted ones among them.',
};
