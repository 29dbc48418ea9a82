import type { DataRecord, IDataDriver, RecordViolation } from '@objectstack/spec/contracts';
import type { Filter } from '@objectstack/spec/data';
import { expectError } from './expect-error.js';
import type { Say } from './step-log.js';
import { formatTable } from './table.js';

const OPEN: Filter = { status: { $ne: 'closed' } };

async function recordOf(db: IDataDriver, object: string, where: Filter): Promise<DataRecord> {
  const record = await db.findOne(object, { where });
  if (!record) throw new Error(`there is no such ${object}`);
  return record;
}

export async function openTicket(db: IDataDriver, actor: string, say: Say): Promise<DataRecord> {
  const customer = await recordOf(db, 'customer', { name: 'Balgray Farm' });
  const machine = await recordOf(db, 'machine', { owner: customer.id });
  const ticket = await db.create(
    'ticket',
    { subject: 'Tipping gear stays up', customer: customer.id, machine: machine.id, due_on: '2026-11-25' },
    { actor },
  );
  say(`${ticket.number} taken by ${ticket.taken_by}: ${ticket.kind}, ${ticket.priority}, ${ticket.status}`);
  return ticket;
}

/** A write that violates rules is rejected as a whole, with all violations. */
export async function attemptInvalidWrites(db: IDataDriver, say: Say): Promise<void> {
  const error = await expectError('validation_failed', () =>
    db.create('ticket', { subject: 'Hm', priority: 'now', satisfaction: 9 }),
  );
  const violations = error.details.violations as RecordViolation[];
  say(`${error.code}: ${violations.map(({ field, rule }) => `${field} ${rule}`).join(', ')}`);
  const customer = await recordOf(db, 'customer', { name: 'Balgray Farm' });
  const { code } = await expectError('foreign_key_violation', () => db.delete('customer', customer.id));
  say(`${code}: a customer with tickets cannot be deleted`);
}

export async function assignTicket(db: IDataDriver, ticket: DataRecord, say: Say): Promise<void> {
  const technician = await recordOf(db, 'technician', { email: 'hamish@castlehire.example' });
  const { number, status, updated_at } = await db.update('ticket', ticket.id, {
    status: 'assigned',
    priority: 'high',
    assignee: technician.id,
  });
  say(`${number} is ${status} to ${technician.name} since ${updated_at}`);
}

export async function listOpenTickets(db: IDataDriver, say: Say): Promise<void> {
  const total = await db.count('ticket', { where: OPEN });
  const size = 4;
  for (let offset = 0; offset < total; offset += size) {
    const page = await db.find('ticket', {
      where: OPEN,
      fields: ['number', 'due_on', 'priority', 'subject'],
      orderBy: [{ field: 'due_on' }, { field: 'number', order: 'desc' }],
      limit: size,
      offset,
    });
    say(`open tickets ${offset + 1} to ${offset + page.length} of ${total}`);
    const rows = page.map((ticket) =>
      ['', ticket.number, ticket.due_on, ticket.priority, ticket.subject].map(String),
    );
    for (const line of formatTable(rows).split('\n')) say(line);
  }
}

/** Both writes are visible inside the transaction, and undone after its rollback. */
export async function rollBackVisit(db: IDataDriver, ticket: DataRecord, say: Say): Promise<void> {
  const technician = await recordOf(db, 'technician', { email: 'hamish@castlehire.example' });
  const part = await recordOf(db, 'part', { part_number: 'HYD-0420' });
  const before = await db.count('visit');
  const transaction = await db.beginTransaction();
  const visit = await db.create(
    'visit',
    {
      sheet: 'W-TRIAL',
      ticket: ticket.id,
      sequence: 1,
      technician: technician.id,
      arrived_at: '2026-11-24T08:00:00.000Z',
    },
    { transaction },
  );
  await db.create('part_usage', { visit: visit.id, part: part.id, unit_price: 34.9 }, { transaction });
  const inside = await db.count('visit', {}, { transaction });
  await db.rollback(transaction);
  const after = await db.count('visit');
  if (inside !== before + 1 || after !== before) throw new Error('the transaction was not rolled back');
  say(`visits before ${before}, inside ${inside}, after the rollback ${after}`);
}
