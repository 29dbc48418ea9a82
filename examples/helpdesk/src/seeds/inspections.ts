import type { SeedDatasetInput } from '@objectstack/spec/data';

export const inspectionSeed: SeedDatasetInput = {
  object: 'inspection',
  externalId: 'certificate',
  records: [
    {
      certificate: 'S-0001',
      machine: 'KX19-40211',
      inspector: 'morag@castlehire.example',
      inspected_on: '2025-11-03',
      valid_until: '2026-11-30',
      result: 'passed',
    },
    {
      certificate: 'S-0002',
      machine: 'AP12E-7781',
      inspector: 'ewa@castlehire.example',
      inspected_on: '2026-01-12',
      valid_until: '2027-01-31',
      result: 'defects',
      findings: [{ part: 'platform gate', severity: 'minor' }],
    },
    {
      certificate: 'S-0003',
      machine: 'TX65-2093',
      inspector: 'ewa@castlehire.example',
      billed_to: 'C-0004',
      inspected_on: '2026-04-09',
      valid_until: '2027-04-30',
      result: 'passed',
      fee: 85,
    },
  ],
};

export const inspectionDatesSeed: SeedDatasetInput = {
  object: 'machine',
  externalId: 'serial_number',
  mode: 'update',
  records: [
    { serial_number: 'KX19-40211', next_inspection_on: '2026-11-30', insured_value: 21500 },
    { serial_number: 'AP12E-7781', next_inspection_on: '2027-01-31', insured_value: 36000 },
    { serial_number: 'TX65-2093', next_inspection_on: '2027-04-30' },
  ],
};

export const licenseSeed: SeedDatasetInput = {
  object: 'technician',
  externalId: 'email',
  mode: 'update',
  records: [
    { email: 'morag@castlehire.example', licenses: ['earthmoving'], license_valid_until: '2028-02-29' },
    {
      email: 'ewa@castlehire.example',
      licenses: ['lifting', 'earthmoving'],
      license_valid_until: '2027-06-30',
    },
  ],
};
