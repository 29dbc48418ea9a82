import type { IDataDriver } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { TenantArchiveEnd } from '@objectstack/spec/system';
import { violationsIn } from '../seed/find-dangling.js';
import { sqlIn } from '../seed/run-sql.js';
import { invalidArchive } from './invalid-archive.js';

/** Verifies that the database contains the records that the archive says, and that no lookup refers to nothing. */
export async function verifyImport(
  driver: IDataDriver,
  read: Readonly<Record<string, number>>,
  { recordCounts }: TenantArchiveEnd,
): Promise<void> {
  const names = Object.keys(read);
  const isSame =
    Object.keys(recordCounts).length === names.length &&
    names.every((name) => Object.hasOwn(recordCounts, name) && recordCounts[name] === read[name]);
  if (!isSame)
    throw invalidArchive(
      'The numbers of records in the last line of the archive differ from those of its records.',
    );
  for (const name of names) {
    if ((await driver.count(name)) === read[name]) continue;
    throw new ObjectStackError({
      code: 'internal',
      message:
        'The number of records in the database differs from the number of imported records. Repeat the import.',
    });
  }
  const [violation] = await violationsIn(sqlIn(driver), names);
  if (violation === undefined) return;
  const [object = ''] = violation.split('/');
  throw new ObjectStackError({
    code: 'foreign_key_violation',
    message: `A record of the object ${object} in the archive refers to a record that the archive does not contain.`,
    details: { object },
  });
}
