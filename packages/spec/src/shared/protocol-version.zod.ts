import * as z from 'zod';

/** Protocol version of the documents that this release reads and writes. */
export const PROTOCOL_VERSION = '1';

export const ProtocolVersionSchema = z
  .string()
  .regex(/^[1-9]\d{0,5}$/)
  .describe('Version of the protocol that the document was written for. Versions later than 1 are rejected.');
export type ProtocolVersion = z.infer<typeof ProtocolVersionSchema>;
