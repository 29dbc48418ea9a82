import type { SeedDatasetInput } from '@objectstack/spec/data';

/** Mode ignore: changes that users made to a customer are preserved. */
export const customerSeed: SeedDatasetInput = {
  object: 'customer',
  externalId: 'number',
  mode: 'ignore',
  records: [
    {
      number: 'C-0001',
      name: 'Drummond Groundworks',
      tax_id: 'GB123456701',
      segment: 'trade',
      home_branch: 'LEI',
      email: 'accounts@drummond.example',
      phone: '+44 131 496 0150',
      website: 'https://drummond.example',
      billing_address: { street: '8 Mill Lane', city: 'Musselburgh', postalCode: 'EH21 6TJ', country: 'GB' },
      credit_limit: 15000,
      discount: 10,
      customer_since: '2016-02-01',
      keywords: ['excavation', 'drainage'],
    },
    {
      number: 'C-0002',
      name: 'Drummond Landscaping',
      segment: 'trade',
      home_branch: 'LEI',
      parent: 'C-0001',
      email: 'accounts@drummond.example',
      discount: 10,
      customer_since: '2020-04-15',
    },
    {
      number: 'C-0003',
      name: 'Perth Parks Department',
      tax_id: 'GB123456703',
      segment: 'municipal',
      home_branch: 'PER',
      email: 'invoices@parks.example',
      website: 'https://parks.example/works',
      credit_limit: 40000,
      discount: 15,
      customer_since: '2011-07-01',
      notes: 'Purchase order number on **every** invoice.',
    },
    {
      number: 'C-0004',
      name: 'Balgray Farm',
      segment: 'farm',
      home_branch: 'KEL',
      phone: '+44 1632 960350',
      customer_since: '2022-10-05',
    },
    {
      number: 'C-0005',
      name: 'Fiona Murray',
      segment: 'private',
      home_branch: 'LEI',
      email: 'fiona.murray@mail.example',
      credit_limit: 0,
      customer_since: '2026-03-12',
    },
  ],
};

export const contactSeed: SeedDatasetInput = {
  object: 'contact',
  externalId: 'email',
  records: [
    {
      customer: 'C-0001',
      full_name: 'Iain Drummond',
      email: 'iain@drummond.example',
      phone: '+44 7700 900201',
      role: 'owner',
      channels: ['phone'],
    },
    {
      customer: 'C-0001',
      full_name: 'Sadia Khan',
      email: 'sadia@drummond.example',
      phone: '+44 7700 900202',
      channels: ['phone', 'text'],
    },
    {
      customer: 'C-0003',
      full_name: 'Tom Lindqvist',
      email: 'tom@parks.example',
      role: 'office',
      channels: ['email'],
      newsletter: true,
    },
    { customer: 'C-0004', full_name: 'Grace Elliot', email: 'grace@balgray.example', role: 'owner' },
    { customer: 'C-0005', full_name: 'Fiona Murray', email: 'fiona.murray@mail.example', role: 'owner' },
  ],
};

export const trainingCustomerSeed: SeedDatasetInput = {
  object: 'customer',
  externalId: 'number',
  env: ['dev', 'test'],
  records: [{ number: 'C-9000', name: 'Training customer', segment: 'private' }],
};
