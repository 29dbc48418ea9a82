import * as z from 'zod';
import { lazyShape } from '../shared/lazy-shape.js';
import { ExpressionSchema } from './expression.zod.js';

const Flag = z.boolean().optional();
const Text = z.string().optional();

const WorkflowActionSchema = z.looseObject(
  lazyShape(() => ({
    name: Text.describe('Display name of the action.'),
    type: z.string().describe('Type of action, for example field_update or email_alert.'),
    field: Text.describe('Name of the field to set, for the type field_update.'),
    value: z.unknown().optional().describe('Value to assign to the field, for the type field_update.'),
    template: Text.describe('Name of the email template, for the type email_alert.'),
    recipients: z
      .array(z.string())
      .optional()
      .describe('List of email recipients, for the type email_alert.'),
  })),
);

export const ObjectWorkflowSchema = z
  .looseObject(
    lazyShape(() => ({
      name: z.string().describe('Name of the rule, unique within its object.'),
      objectName: Text.describe('Name of the object whose records the rule applies to.'),
      description: Text.describe("Description of the rule's purpose."),
      triggerType: Text.describe(
        'Event that the rule is for, for example on_create, on_update or scheduled. Any string is accepted.',
      ),
      schedule: Text.describe('Schedule of a scheduled rule, as a cron expression, for example 0 9 * * 1.'),
      criteria: ExpressionSchema.optional().describe(
        'Condition that a record must meet for the rule to apply to it. Defaults to all records.',
      ),
      actions: z
        .array(WorkflowActionSchema)
        .optional()
        .describe('List of the actions of the rule, in order.'),
      active: Flag.describe('Whether the rule is meant to be in use.'),
    })),
  )
  .describe(
    'Workflow rule: actions for created records, updated records or points in time. This runtime does not execute workflow rules.',
  );
export type ObjectWorkflow = z.infer<typeof ObjectWorkflowSchema>;
