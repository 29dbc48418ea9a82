import type { PermissionSet } from '@objectstack/spec/security';

const work = { allowCreate: true, allowRead: true, allowEdit: true };
const read = { allowRead: true };

export const frontDesk: PermissionSet = {
  name: 'front_desk',
  label: 'Front desk',
  description: 'Takes calls, books rentals and opens tickets.',
  objects: {
    customer: work,
    contact: work,
    rental: work,
    ticket: work,
    machine: read,
    category: read,
    branch: read,
    technician: read,
    visit: read,
  },
  fields: {
    'customer.credit_limit': { readable: true, editable: false },
    'technician.hourly_rate': { readable: false, editable: false },
  },
};
