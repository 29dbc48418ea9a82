import type { Flow } from '@objectstack/spec/automation';

export const standstillAlert: Flow = {
  name: 'standstill_alert',
  label: 'A site stands still',
  description:
    'Assigns a ticket of the highest priority to the technician on call at the branch of the machine.',
  type: 'record_change',
  status: 'active',
  runAs: 'system',
  variables: [{ name: 'technician_id', type: 'text' }],
  nodes: [
    { id: 'start', type: 'start', config: { objectName: 'ticket', event: 'created' } },
    { id: 'urgent', type: 'decision', label: 'Does the site stand still?' },
    { id: 'find', type: 'get_record', config: { objectName: 'technician', filter: { on_call: true } } },
    { id: 'assign', type: 'update_record', config: { objectName: 'ticket', fields: { status: 'assigned' } } },
    { id: 'end', type: 'end' },
  ],
  edges: [
    { id: 'e1', source: 'start', target: 'urgent' },
    {
      id: 'e2',
      source: 'urgent',
      target: 'find',
      type: 'conditional',
      condition: 'priority == "standstill"',
    },
    { id: 'e3', source: 'urgent', target: 'end', isDefault: true },
    { id: 'e4', source: 'find', target: 'assign' },
    { id: 'e5', source: 'assign', target: 'end' },
  ],
};
