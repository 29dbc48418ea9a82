import { defineObject } from '@objectstack/spec/data';
import { choices } from './choices.js';

export const contact = defineObject({
  name: 'contact',
  label: 'Contact',
  pluralLabel: 'Contacts',
  description: 'A contact person of a customer.',
  displayNameField: 'full_name',
  fields: {
    customer: {
      type: 'master_detail',
      label: 'Customer',
      reference: 'customer',
      required: true,
      deleteBehavior: 'cascade',
    },
    full_name: { type: 'text', label: 'Name', required: true, maxLength: 120 },
    email: { type: 'email', label: 'E-mail', required: true, externalId: true },
    phone: { type: 'phone', label: 'Phone' },
    role: {
      type: 'radio',
      label: 'Role',
      defaultValue: 'site',
      options: choices({ owner: 'Owner', office: 'Office', site: 'Site manager' }),
    },
    channels: {
      type: 'multiselect',
      label: 'May be reached by',
      options: choices({ email: 'E-mail', phone: 'Phone', text: 'Text message' }),
    },
    newsletter: { type: 'boolean', label: 'Gets the newsletter', defaultValue: false },
  },
  validations: [
    {
      name: 'one_address_per_customer',
      type: 'unique',
      fields: ['customer', 'email'],
      caseSensitive: false,
      message: 'This customer already has a contact with that address.',
    },
  ],
});
