import * as z from 'zod';
import { ExpressionSchema } from '../data/expression.zod.js';
import { lazyShape } from '../shared/lazy-shape.js';
import { MachineNameSchema } from '../shared/names.zod.js';
import { storedOnly } from '../shared/stored-only.js';

const Flag = z.boolean().optional();
const Text = z.string().optional();
const Texts = z.array(z.string()).optional();
const StoredText = storedOnly(Text);
const StoredFlag = storedOnly(Flag);
const StoredTexts = storedOnly(Texts);
const grant = (what: string) =>
  Flag.describe(`Whether users with the permission set may ${what}. Defaults to false.`);

export const ObjectPermissionSchema = z
  .looseObject(
    lazyShape(() => ({
      allowCreate: grant('create records'),
      allowRead: grant('read records'),
      allowEdit: grant('edit records'),
      allowDelete: grant('delete records'),
      allowTransfer: grant('transfer records to another owner'),
      allowRestore: grant('restore deleted records'),
      allowPurge: grant('permanently delete records'),
      viewAllRecords: grant('read all records, regardless of their owner'),
      modifyAllRecords: grant('edit all records, regardless of their owner'),
    })),
  )
  .describe('Access to the records of an object. Stored, not interpreted.');
export type ObjectPermission = z.infer<typeof ObjectPermissionSchema>;

export const FieldPermissionSchema = z
  .looseObject(
    lazyShape(() => ({
      readable: Flag.describe('Whether users with the permission set may read the field. Defaults to true.'),
      editable: Flag.describe('Whether users with the permission set may edit the field. Defaults to false.'),
    })),
  )
  .describe('Access to a field. Stored, not interpreted.');
export type FieldPermission = z.infer<typeof FieldPermissionSchema>;

export const RowLevelSecuritySchema = z
  .looseObject(
    lazyShape(() => ({
      name: z.string().describe('Name of the rule.'),
      label: Text.describe('Display name of the rule.'),
      description: Text.describe("Description of the rule's purpose."),
      object: z.string().describe('Name of the object whose records the rule applies to.'),
      operation: z
        .enum(['select', 'insert', 'update', 'delete', 'all'])
        .describe(
          'Operation that the rule applies to: a read (select), a write (insert, update, delete) or all of them.',
        ),
      using: ExpressionSchema.optional().describe(
        'Condition that an existing record should meet for users to read or modify it.',
      ),
      check: ExpressionSchema.optional().describe('Condition that a record should meet after a write.'),
      roles: Texts.describe('List of names of the roles that the rule is for. Defaults to all users.'),
      enabled: Flag.describe('Whether the rule is enabled. Defaults to true.'),
      priority: z
        .int()
        .optional()
        .describe(
          'Number that determines the position in the intended evaluation order, as the application defines it. Defaults to 0.',
        ),
      tags: Texts.describe('List of keywords for finding the rule.'),
    })),
  )
  .describe('Row-level security rule: which records of an object users may access. Stored, not interpreted.');
export type RowLevelSecurity = z.infer<typeof RowLevelSecuritySchema>;

export const PermissionSetSchema = z
  .looseObject(
    lazyShape(() => ({
      name: MachineNameSchema.describe(
        'Name of the permission set, unique among the permission sets of its owner (the tenant or an app).',
      ),
      label: StoredText.describe('Display name of the permission set. Stored, not interpreted.'),
      description: StoredText.describe(
        'Description of the users that the permission set is for. Stored, not interpreted.',
      ),
      isProfile: StoredFlag.describe(
        'Whether the permission set is a profile: a base set, of which each user is meant to have exactly one. Defaults to false. Stored, not interpreted.',
      ),
      objects: storedOnly(z.record(z.string(), ObjectPermissionSchema)).describe(
        'Access to objects, by object name. Stored, not interpreted.',
      ),
      fields: storedOnly(z.record(z.string(), FieldPermissionSchema).optional()).describe(
        'Access to fields, by the names of object and field in the form object.field. Stored, not interpreted.',
      ),
      systemPermissions: StoredTexts.describe(
        'List of names of system-wide permissions; any string is accepted. Stored, not interpreted.',
      ),
      tabPermissions: storedOnly(
        z.record(z.string(), z.enum(['visible', 'hidden', 'default_on', 'default_off'])).optional(),
      ).describe(
        'Visibility of the tabs of an application, by tab name. visible: shown; hidden: not shown; default_on, default_off: initially shown or hidden, and users may change it. Stored, not interpreted.',
      ),
      rowLevelSecurity: storedOnly(z.array(RowLevelSecuritySchema).optional()).describe(
        'List of row-level security rules. Stored, not interpreted.',
      ),
      contextVariables: storedOnly(z.record(z.string(), z.unknown()).optional()).describe(
        'Values that the conditions of row-level security rules can use, by name. Stored, not interpreted.',
      ),
    })),
  )
  .describe(
    'Permission set: access rights for a group of users. Stored and returned; this runtime does not enforce permissions.',
  );
export type PermissionSet = z.infer<typeof PermissionSetSchema>;
