import type { View } from '@objectstack/spec/ui';

export const ticketViews: View = {
  name: 'tickets',
  label: 'Tickets',
  object: 'ticket',
  list: {
    label: 'Open tickets',
    columns: ['number', 'subject', 'customer', 'machine', 'priority', 'assignee', 'due_on'],
    filter: [{ field: 'status', operator: '!=', value: 'closed' }],
    sort: [{ field: 'due_on', order: 'asc' }],
  },
  listViews: {
    board: {
      label: 'Board',
      type: 'kanban',
      columns: ['number', 'subject', 'assignee'],
      kanban: { groupByField: 'status', columns: ['number', 'subject'] },
    },
    due: {
      label: 'Calendar',
      type: 'calendar',
      columns: ['number', 'subject'],
      calendar: { startDateField: 'due_on', titleField: 'subject' },
    },
  },
  form: {
    type: 'tabbed',
    sections: [
      {
        label: 'Report',
        fields: ['subject', 'description', 'kind', 'priority', 'customer', 'contact', 'machine'],
      },
      { label: 'Work', fields: ['status', 'assignee', 'helpers', 'due_on', 'closed_at'] },
    ],
  },
};
