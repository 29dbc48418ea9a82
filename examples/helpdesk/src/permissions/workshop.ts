import type { PermissionSet } from '@objectstack/spec/security';

const all = { allowCreate: true, allowRead: true, allowEdit: true, allowDelete: true };
const read = { allowRead: true };

export const workshop = {
  name: 'workshop',
  label: 'Workshop',
  description: 'Repairs machines and documents the work.',
  objects: {
    visit: all,
    part_usage: all,
    part: { allowRead: true, allowEdit: true },
    ticket: { allowRead: true, allowEdit: true, viewAllRecords: true },
    machine: { allowRead: true, allowEdit: true },
    customer: read,
    contact: read,
    rental: read,
    category: read,
    branch: read,
    technician: read,
  },
} satisfies PermissionSet;
