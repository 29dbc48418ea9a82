import * as z from 'zod';

export const IdTypeSchema = z
  .enum(['text', 'integer'])
  .describe(
    "Type of the ids of an object's records. text: a UUIDv7, or any string that the caller supplies. integer: a decimal integer of 64 bits, such as 42, which the database assigns unless the caller supplies one; it is a string in records. Cannot be changed after the object was deployed. Defaults to text.",
  );
export type IdType = z.infer<typeof IdTypeSchema>;
