import type { SeedDatasetInput } from '@objectstack/spec/data';

export const visitSeed: SeedDatasetInput = {
  object: 'visit',
  externalId: 'sheet',
  mode: 'insert',
  records: [
    {
      sheet: 'W-2611-031',
      ticket: 'T-00001',
      sequence: 1,
      technician: 'morag@castlehire.example',
      arrived_at: '2026-11-19T11:10:00.000Z',
      left_at: '2026-11-19T13:40:00.000Z',
      hours: 2.5,
      travel_km: 24,
      progress: 60,
      report: 'Hose of the boom cylinder leaks. Tightened; a new one is ordered.',
      signed: true,
    },
    {
      sheet: 'W-2611-034',
      ticket: 'T-00001',
      sequence: 2,
      technician: 'callum@castlehire.example',
      arrived_at: '2026-11-20T08:00:00.000Z',
      left_at: '2026-11-20T09:15:00.000Z',
      hours: 1.25,
      travel_km: 24,
      progress: 100,
      report: 'New hose fitted.\n\n- tested with 400 kg\n- no leak',
      signed: true,
    },
    {
      sheet: 'W-2611-017',
      ticket: 'T-00002',
      sequence: 1,
      technician: 'callum@castlehire.example',
      arrived_at: '2026-11-09T07:30:00.000Z',
      hours: 3,
      progress: 40,
      on_site: false,
    },
    {
      sheet: 'W-2611-041',
      ticket: 'T-00003',
      sequence: 1,
      technician: 'ewa@castlehire.example',
      arrived_at: '2026-11-22T06:50:00.000Z',
      left_at: '2026-11-22T08:05:00.000Z',
      hours: 1.25,
      travel_km: 9,
      progress: 20,
      report: 'Battery module reports a low cell.',
    },
  ],
};

export const partUsageSeed: SeedDatasetInput = {
  object: 'part_usage',
  externalId: ['visit', 'part'],
  records: [
    { visit: 'W-2611-034', part: 'HYD-0420', unit_price: 34.9 },
    { visit: 'W-2611-017', part: 'FIL-1107', quantity: 2, unit_price: 11.25, free_of_charge: true },
    { visit: 'W-2611-017', part: 'HYD-0420', unit_price: 34.9 },
  ],
};
