import { randomBytes } from 'node:crypto';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
const RANDOM_BYTES = 16;
const BITS_PER_CHARACTER = 5;

/** 128 random bits as 26 characters that are valid in file names, host names and identifiers. */
export function createTenantId(): string {
  let id = '';
  let buffer = 0;
  let bits = 0;
  for (const byte of randomBytes(RANDOM_BYTES)) {
    buffer = ((buffer << 8) | byte) & 0xfff;
    for (bits += 8; bits >= BITS_PER_CHARACTER; bits -= BITS_PER_CHARACTER) {
      id += ALPHABET.charAt((buffer >> (bits - BITS_PER_CHARACTER)) & 31);
    }
  }
  return id + ALPHABET.charAt((buffer << (BITS_PER_CHARACTER - bits)) & 31);
}

/** Name of the tenant's database, derived from its id and never used for another tenant. */
export function databaseNameOf(tenantId: string): string {
  return `t-${tenantId}`;
}
