import * as z from 'zod';

const LOCAL_PART = "[A-Za-z0-9_'+-]+(?:\\.[A-Za-z0-9_'+-]+)*";
const LABEL = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';

/** Zod's own pattern permits a host label that ends in a hyphen, which the JSON Schema format rejects. */
export const EmailAddressSchema = z
  .email({ pattern: new RegExp(`^${LOCAL_PART}@(?:${LABEL}\\.)+[A-Za-z]{2,63}$`) })
  .max(254)
  .describe('Email address, for example ada@example.com.');
export type EmailAddress = z.infer<typeof EmailAddressSchema>;
