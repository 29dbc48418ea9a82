import { defineObject } from '@objectstack/spec/data';
import { choices } from './choices.js';

export const technician = defineObject({
  name: 'technician',
  label: 'Technician',
  pluralLabel: 'Technicians',
  description: 'A technician who repairs machines.',
  fields: {
    name: { type: 'text', label: 'Name', required: true, maxLength: 120 },
    email: {
      type: 'email',
      label: 'E-mail',
      required: true,
      unique: true,
      caseSensitive: false,
      externalId: true,
    },
    mobile: { type: 'phone', label: 'Mobile' },
    branch: {
      type: 'lookup',
      label: 'Branch',
      reference: 'branch',
      required: true,
      deleteBehavior: 'restrict',
      index: true,
    },
    supervisor: { type: 'lookup', label: 'Supervisor', reference: 'technician', deleteBehavior: 'set_null' },
    skills: {
      type: 'multiselect',
      label: 'Skills',
      options: choices({
        engine: 'Engines',
        hydraulics: 'Hydraulics',
        electric: 'Electrics',
        tracks: 'Tracks',
      }),
    },
    hourly_rate: { type: 'currency', label: 'Hourly rate', required: true, min: 0 },
    shift_starts_at: { type: 'time', label: 'Shift starts at' },
    hired_on: { type: 'date', label: 'Hired on', defaultValue: 'TODAY()' },
    on_call: { type: 'toggle', label: 'On call', defaultValue: false },
  },
});
