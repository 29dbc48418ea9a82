import { describe, expect, it } from 'vitest';
import { type ContractMethod, readContracts } from './contract-index.js';
import { errorCodesOf } from './error-codes-of.js';

const text = `
/** Leads to a tenant. Rejects with \`tenant_not_found\` and \`tenant_suspended\`. */
export interface ITenantRouter { resolve(session: string): void; }
export interface Extra extends CallOptions { place?: Place; listen?: (status: Status) => void }
/**
 * Any method may reject with \`aborted\`; one that takes an object name with \`object_not_found\`; every
 * method but \`undo\` that takes a transaction rejects with \`invalid_transaction\`. Before \`open\` every
 * method but \`open\` rejects with \`not_connected\`. Methods that take a tenant id reject like the router's.
 */
export interface Store {
  open(): void;
  /** Rejects with \`unique_violation\`. */
  create(object: string, extra?: Extra): Promise<Answer | null>;
  /** Rejects like \`create\`. Ends \`well\`. */
  upsert(object: string): void;
  rename(tenantId: string): void;
  finish(transaction: DriverTransaction): void;
  undo(transaction: DriverTransaction): void;
  /** Whether it is there; never rejects. */
  check(): boolean;
}`;
const contracts = readContracts([{ path: 'contracts/store.ts', text }]);
const method = (name: string) =>
  contracts.flatMap(({ methods }) => methods).find((candidate) => candidate.name === name) as ContractMethod;

describe('readContracts', () => {
  it('includes the types within options, and excludes callbacks', () => {
    expect(contracts.map(({ name }) => name)).toEqual(['ITenantRouter', 'Store']);
    expect(method('create')).toMatchObject({
      takes: ['CallOptions', 'Extra', 'Place'],
      returns: ['Answer', 'Promise'],
      parameters: ['object', 'extra'],
    });
  });
});

describe('errorCodesOf', () => {
  it.each([
    ['open', ['aborted']],
    ['create', ['aborted', 'not_connected', 'object_not_found', 'unique_violation']],
    ['upsert', ['aborted', 'not_connected', 'object_not_found', 'unique_violation']],
    ['rename', ['aborted', 'not_connected', 'tenant_not_found', 'tenant_suspended']],
    ['finish', ['aborted', 'invalid_transaction', 'not_connected']],
    ['undo', ['aborted', 'not_connected']],
    ['check', []],
  ])('derives the codes of %s from its JSDoc and that of its contract', (name, codes) => {
    expect(errorCodesOf(method(name), contracts)).toEqual(codes);
  });
});
