import type { SeedDatasetInput } from '@objectstack/spec/data';

export const partSeed: SeedDatasetInput = {
  object: 'part',
  externalId: 'part_number',
  records: [
    {
      part_number: 'HYD-0420',
      name: 'Hydraulic hose 3/8", 1.2 m',
      price: 34.9,
      stock: 12,
      reorder_at: 4,
      fits: ['Mini excavators', 'Dumpers'],
      supplier: 'https://hoses.example/0420',
    },
    {
      part_number: 'FIL-1107',
      name: 'Fuel filter',
      price: 11.25,
      stock: 30,
      reorder_at: 10,
      fits: ['Dumpers'],
    },
    {
      part_number: 'TRK-0230',
      name: 'Rubber track 230 mm',
      price: 412,
      stock: 2,
      reorder_at: 2,
      fits: ['Mini excavators'],
    },
    {
      part_number: 'BAT-1400',
      name: 'Battery module 14 kWh',
      price: 2890,
      stock: 1,
      fits: ['Access platforms'],
    },
    {
      part_number: 'BLT-0900',
      name: 'Drive belt',
      price: 18.4,
      stock: 7,
      reorder_at: 3,
      fits: ['Compaction'],
    },
  ],
};
