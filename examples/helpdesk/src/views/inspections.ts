import type { View } from '@objectstack/spec/ui';

export const inspectionViews: View = {
  name: 'inspections',
  label: 'Safety inspections',
  object: 'inspection',
  list: {
    label: 'Running out',
    columns: ['certificate', 'machine', 'inspector', 'valid_until', 'result'],
    sort: [{ field: 'valid_until', order: 'asc' }],
  },
};
