import type { Flow } from '@objectstack/spec/automation';

export const overdueRentals: Flow = {
  name: 'overdue_rentals',
  label: 'Ask for machines that are overdue',
  description: 'Opens a ticket each morning for every overdue rental.',
  type: 'schedule',
  status: 'draft',
  nodes: [
    { id: 'start', type: 'start', config: { schedule: '0 7 * * 1-6' } },
    { id: 'find', type: 'get_record', config: { objectName: 'rental', filter: { status: 'out' } } },
    { id: 'each', type: 'loop' },
    { id: 'open', type: 'create_record', config: { objectName: 'ticket', fields: { kind: 'question' } } },
    { id: 'end', type: 'end' },
  ],
  edges: [
    { id: 'e1', source: 'start', target: 'find' },
    { id: 'e2', source: 'find', target: 'each' },
    { id: 'e3', source: 'each', target: 'open' },
    { id: 'e4', source: 'open', target: 'end' },
  ],
};
