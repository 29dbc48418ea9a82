import type { DataRecord, IDataDriver } from '@objectstack/spec/contracts';

const RECORDS = [
  { id: 'a1', name: 'Acme', code: 'x', budget: 10, limit_amount: 10, active: true, opened_on: '2026-01-01' },
  { id: 'a2', name: 'acme', code: 'Y', budget: 9, limit_amount: 100, active: false, opened_on: '2026-01-02' },
  { id: 'a3', name: 'Bolt%', code: 'z_1', budget: 0.5, active: null, seen_at: '2026-01-01T10:00:00Z' },
  { id: 'a4', name: "O'Hara", limit_amount: 3, calls_at: '09:30' },
  { id: 'a5', name: 'Élan 😀', code: '', budget: null, opened_on: '2025-12-31' },
];

/** The driver with five account records. */
export async function filled({ driver }: { driver: IDataDriver }): Promise<IDataDriver> {
  for (const record of RECORDS) await driver.create('account', record);
  return driver;
}

/** An autonumber of an account. */
export const AUTONUMBER = /^A-\d{3,}$/;

/** The digits of the ids of those accounts. */
export const idsOf = (records: readonly DataRecord[]) => records.map(({ id }) => id.slice(1)).join('');
