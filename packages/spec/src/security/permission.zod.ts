import * as z from 'zod';
import { ExpressionSchema } from '../data/expression.zod.js';
import { lazyShape } from '../shared/lazy-shape.js';
import { MachineNameSchema } from '../shared/names.zod.js';

const Flag = z.boolean().optional();
const Text = z.string().optional();
const Texts = z.array(z.string()).optional();
const grant = (what: string) => Flag.describe(`${what} Absent: false.`);

export const ObjectPermissionSchema = z
  .looseObject(
    lazyShape(() => ({
      allowCreate: grant('May create records.'),
      allowRead: grant('May read records.'),
      allowEdit: grant('May change records.'),
      allowDelete: grant('May delete records.'),
      allowTransfer: grant('May change the owner.'),
      allowRestore: grant('May restore deleted records.'),
      allowPurge: grant('May delete for good.'),
      viewAllRecords: grant('Sees the records of everybody.'),
      modifyAllRecords: grant('Changes the records of everybody.'),
    })),
  )
  .describe('What may be done with an object. Carried, not enforced.');
export type ObjectPermission = z.infer<typeof ObjectPermissionSchema>;

export const FieldPermissionSchema = z
  .looseObject(
    lazyShape(() => ({
      readable: Flag.describe('May be read. Absent: true.'),
      editable: Flag.describe('May be changed. Absent: false.'),
    })),
  )
  .describe('What may be done with a field. Carried, not enforced.');
export type FieldPermission = z.infer<typeof FieldPermissionSchema>;

export const RowLevelSecuritySchema = z
  .looseObject(
    lazyShape(() => ({
      name: z.string().describe('Name of the rule.'),
      label: Text.describe('Text that a person sees.'),
      description: Text.describe('What the rule is for.'),
      object: z.string().describe('Object whose records it is about.'),
      operation: z
        .enum(['select', 'insert', 'update', 'delete', 'all'])
        .describe('What is done with the records.'),
      using: ExpressionSchema.optional().describe('Records that can be seen.'),
      check: ExpressionSchema.optional().describe('Records that can be written.'),
      roles: Texts.describe('Roles that it holds for. Absent: everybody.'),
      enabled: Flag.describe('Whether it counts. Absent: true.'),
      priority: z.int().optional().describe('Place among the rules. Absent: 0.'),
      tags: Texts.describe('Words to find the rule by.'),
    })),
  )
  .describe('Records of an object that a user may read or write. Carried, not enforced.');
export type RowLevelSecurity = z.infer<typeof RowLevelSecuritySchema>;

export const PermissionSetSchema = z
  .looseObject(
    lazyShape(() => ({
      name: MachineNameSchema,
      label: Text.describe('Text that a person sees. Carried, not enforced.'),
      description: Text.describe('Who the set is for. Carried, not enforced.'),
      isProfile: Flag.describe('Whether a person has it alone. Absent: false. Carried, not enforced.'),
      objects: z
        .record(z.string(), ObjectPermissionSchema)
        .describe('Grants by object. Carried, not enforced.'),
      fields: z
        .record(z.string(), FieldPermissionSchema)
        .optional()
        .describe('Grants by object.field. Carried, not enforced.'),
      systemPermissions: Texts.describe('Grants for the whole system. Carried, not enforced.'),
      tabPermissions: z
        .record(z.string(), z.enum(['visible', 'hidden', 'default_on', 'default_off']))
        .optional()
        .describe('Tabs that are shown. Carried, not enforced.'),
      rowLevelSecurity: z
        .array(RowLevelSecuritySchema)
        .optional()
        .describe('Records that are seen and written. Carried, not enforced.'),
      contextVariables: z
        .record(z.string(), z.unknown())
        .optional()
        .describe('Values that its conditions use. Carried, not enforced.'),
    })),
  )
  .describe('Grants for a group of people. Stored and returned; nothing here enforces them yet.');
export type PermissionSet = z.infer<typeof PermissionSetSchema>;
