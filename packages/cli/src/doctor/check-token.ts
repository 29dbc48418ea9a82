import { randomUUID } from 'node:crypto';
import type { DataPlane } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { DoctorFinding } from '@objectstack/spec/system';
import type { Check } from './check.js';
import { fromError } from './from-error.js';

/** Calls about a database that does not exist: what the token does not permit is refused, and everything else changes nothing. */
const PERMISSIONS: readonly (readonly [
  what: string,
  call: (plane: DataPlane, name: string) => Promise<unknown>,
])[] = [
  ['create tokens of databases', ({ platform }, name) => platform.createToken(name, 'read-only', 60)],
  ['delete databases', ({ platform }, name) => platform.deleteDatabase(name)],
];

/** Turso's Platform API does not tell the permissions of a token. */
export const checkToken: Check = async (context) => {
  const { settings } = await context.config();
  if (settings.dataPlane.kind !== 'cloud') return [];
  const { dataPlane } = await context.session();
  const name = `os-doctor-${randomUUID().slice(0, 8)}`;
  const findings: DoctorFinding[] = [];
  for (const [what, call] of PERMISSIONS) {
    const failure = await call(dataPlane, name).catch((error: unknown) => error);
    if (!ObjectStackError.isInstance(failure) || failure.code === 'database_not_found') continue;
    const finding = fromError('token', failure);
    findings.push(
      failure.code === 'unauthorized'
        ? { ...finding, message: `The platform token has no permission to ${what}. ${failure.message}` }
        : finding,
    );
  }
  return findings;
};
