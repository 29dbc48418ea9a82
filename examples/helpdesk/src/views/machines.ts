import type { View } from '@objectstack/spec/ui';

export const machineViews: View = {
  name: 'machines',
  label: 'Machines',
  object: 'machine',
  list: {
    label: 'Fleet',
    columns: ['serial_number', 'manufacturer', 'model', 'category', 'branch', 'status', 'daily_rate'],
    sort: [{ field: 'model', order: 'asc' }],
    searchableFields: ['serial_number', 'model'],
  },
  listViews: {
    yard: {
      label: 'Where they are',
      type: 'map',
      columns: ['serial_number', 'status'],
      map: { locationField: 'position' },
    },
  },
  form: {
    sections: [
      {
        label: 'Machine',
        columns: 2,
        fields: ['serial_number', 'manufacturer', 'model', 'category', 'bought_on'],
      },
      {
        label: 'State',
        columns: 2,
        fields: ['status', 'branch', 'owner', 'hour_meter', 'condition', 'tank'],
      },
    ],
  },
};
