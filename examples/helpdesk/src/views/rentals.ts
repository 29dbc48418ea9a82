import type { View } from '@objectstack/spec/ui';

export const rentalViews: View = {
  name: 'rentals',
  label: 'Rentals',
  object: 'rental',
  list: {
    label: 'Machines that are out',
    columns: ['number', 'customer', 'machine', 'starts_on', 'ends_on', 'total'],
    filter: [{ field: 'status', operator: '=', value: 'out' }],
    sort: [{ field: 'ends_on', order: 'asc' }],
  },
  listViews: {
    plan: {
      label: 'Plan',
      type: 'gantt',
      columns: ['number', 'machine'],
      gantt: { startDateField: 'starts_on', endDateField: 'ends_on', titleField: 'number' },
    },
  },
};
