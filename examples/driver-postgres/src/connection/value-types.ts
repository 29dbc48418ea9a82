import type { SqlValue } from '@objectstack/spec/contracts';

/** Parsers by the object id of the type in PostgreSQL. */
const PARSERS: Readonly<Record<number, (text: string) => SqlValue>> = {
  16: (text) => text === 't',
  17: (text) => Uint8Array.from(Buffer.from(text.slice(2), 'hex')),
  20: (text) => BigInt(text),
  21: Number,
  23: Number,
  700: Number,
  701: Number,
};

const asText = (text: string) => text;

/** Values of every other type are returned as PostgreSQL writes them, for example those of dates and JSON. */
export const VALUE_TYPES = {
  getTypeParser: (oid: number): ((text: string) => SqlValue) => PARSERS[oid] ?? asText,
};
