/** What the requirements of a provisioning service ask for, by group. */
export const PROVISIONING_SERVICE_GROUPS: Readonly<Record<string, string>> = {
  provision: 'Creating tenants: request keys, several processes at once, refused and aborted requests.',
  lifecycle: 'Suspending, resuming and destroying tenants, and changing their plan.',
};
