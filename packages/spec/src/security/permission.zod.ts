import * as z from 'zod';
import { MachineNameSchema } from '../shared/names.zod.js';

const grant = (what: string) => z.boolean().optional().describe(`${what} Absent: false.`);

export const ObjectPermissionSchema = z
  .looseObject({
    allowCreate: grant('May create records.'),
    allowRead: grant('May read records.'),
    allowEdit: grant('May change records.'),
    allowDelete: grant('May delete records.'),
    allowTransfer: grant('May change the owner.'),
    allowRestore: grant('May restore deleted records.'),
    allowPurge: grant('May delete for good.'),
    viewAllRecords: grant('Sees the records of everybody.'),
    modifyAllRecords: grant('Changes the records of everybody.'),
  })
  .describe('What may be done with an object. Carried, not enforced.');
export type ObjectPermission = z.infer<typeof ObjectPermissionSchema>;

export const FieldPermissionSchema = z
  .looseObject({
    readable: z.boolean().optional().describe('May be read. Absent: true.'),
    editable: z.boolean().optional().describe('May be changed. Absent: false.'),
  })
  .describe('What may be done with a field. Carried, not enforced.');
export type FieldPermission = z.infer<typeof FieldPermissionSchema>;

export const PermissionSetSchema = z
  .looseObject({
    name: MachineNameSchema,
    label: z.string().optional().describe('Text that a person sees.'),
    description: z.string().optional().describe('Who the set is for.'),
    isProfile: z.boolean().optional().describe('Carried.'),
    objects: z.record(z.string(), ObjectPermissionSchema).describe('Grants by object.'),
    fields: z.record(z.string(), FieldPermissionSchema).optional().describe('Grants by object.field.'),
    systemPermissions: z.array(z.string()).optional().describe('Carried.'),
    tabPermissions: z.record(z.string(), z.string()).optional().describe('Carried.'),
    rowLevelSecurity: z.array(z.unknown()).optional().describe('Carried, not enforced.'),
    contextVariables: z.record(z.string(), z.unknown()).optional().describe('Carried.'),
  })
  .describe('Grants for a group of people. Stored and returned; nothing here enforces them yet.');
export type PermissionSet = z.infer<typeof PermissionSetSchema>;
