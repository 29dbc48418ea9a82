import * as z from 'zod';
import { MachineNameSchema } from '../shared/names.zod.js';
import { FieldSchema } from './field.zod.js';
import { IndexSchema } from './object.zod.js';
import { ValidationRuleSchema } from './validation-rule.zod.js';

export const ObjectExtensionSchema = z
  .looseObject({
    extend: MachineNameSchema.describe('Name of the object that is extended.'),
    fields: z
      .record(MachineNameSchema, FieldSchema)
      .optional()
      .describe(
        "Field definitions to add, by field name. An app prefixes the names with its namespace; a tenant may also override properties of an app's field, whose type must remain the same.",
      ),
    indexes: z.array(IndexSchema).optional().describe('List of indexes to add.'),
    validations: z.array(ValidationRuleSchema).optional().describe('List of validation rules to add.'),
  })
  .describe("Extension of an object that another owner defines: an app's object or the tenant's.");
export type ObjectExtension = z.infer<typeof ObjectExtensionSchema>;
