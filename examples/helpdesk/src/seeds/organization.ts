import type { SeedDatasetInput } from '@objectstack/spec/data';

export const branchSeed: SeedDatasetInput = {
  object: 'branch',
  externalId: 'code',
  records: [
    {
      code: 'LEI',
      name: 'Leith yard',
      phone: '+44 131 496 0101',
      email: 'leith@castlehire.example',
      address: { street: '14 Salamander Street', city: 'Edinburgh', postalCode: 'EH6 7LA', country: 'GB' },
      position: { latitude: 55.9726, longitude: -3.1583 },
      opens_at: '07:00:00',
    },
    {
      code: 'PER',
      name: 'Perth yard',
      phone: '+44 1632 960201',
      email: 'perth@castlehire.example',
      address: { street: '3 Shore Road', city: 'Perth', postalCode: 'PH2 8BD', country: 'GB' },
      position: { latitude: 56.3871, longitude: -3.4285 },
      opens_at: '07:30:00',
    },
    {
      code: 'KEL',
      name: 'Kelso counter',
      phone: '+44 1632 960301',
      opens_at: '08:00:00',
      has_workshop: false,
    },
  ],
};

export const technicianSeed: SeedDatasetInput = {
  object: 'technician',
  externalId: 'email',
  records: [
    {
      name: 'Morag Sinclair',
      email: 'morag@castlehire.example',
      mobile: '+44 7700 900101',
      branch: 'LEI',
      skills: ['engine', 'hydraulics', 'tracks'],
      hourly_rate: 68,
      shift_starts_at: '07:00:00',
      hired_on: '2014-03-03',
      on_call: true,
    },
    {
      name: 'Callum Reid',
      email: 'callum@castlehire.example',
      branch: 'LEI',
      supervisor: 'morag@castlehire.example',
      skills: ['electric'],
      hourly_rate: 54,
      hired_on: '2021-08-16',
    },
    {
      name: 'Ewa Nowak',
      email: 'ewa@castlehire.example',
      mobile: '+44 7700 900103',
      branch: 'PER',
      supervisor: 'morag@castlehire.example',
      skills: ['hydraulics', 'electric'],
      hourly_rate: 61.5,
      hired_on: '2018-05-28',
      on_call: true,
    },
    {
      name: 'Hamish Boyd',
      email: 'hamish@castlehire.example',
      branch: 'PER',
      supervisor: 'ewa@castlehire.example',
      skills: ['tracks'],
      hourly_rate: 46,
      hired_on: '2024-09-02',
    },
  ],
};
