import * as z from 'zod';
import { lazyShape } from '../shared/lazy-shape.js';
import { ExpressionSchema } from './expression.zod.js';

const Flag = z.boolean().optional();
const Text = z.string().optional();

const WorkflowActionSchema = z.looseObject(
  lazyShape(() => ({
    name: Text.describe('Name of the action.'),
    type: z.string().describe('Type of action, for example field_update or email_alert.'),
    field: Text.describe('Name of the field to set.'),
    value: z.unknown().optional().describe('Value assigned to the field.'),
    template: Text.describe('Name of the email template.'),
    recipients: z.array(z.string()).optional().describe('List of email recipients.'),
  })),
);

export const ObjectWorkflowSchema = z
  .looseObject(
    lazyShape(() => ({
      name: z.string().describe('Name of the rule, unique within its object.'),
      objectName: Text.describe('Name of the object whose records the rule applies to.'),
      description: Text.describe("Description of the rule's purpose."),
      triggerType: Text.describe(
        'Event that triggers the rule, for example on_create, on_update or scheduled. Any text is accepted.',
      ),
      schedule: Text.describe('Schedule of a scheduled rule, as a cron expression.'),
      criteria: ExpressionSchema.optional().describe('Condition that a record must meet.'),
      actions: z.array(WorkflowActionSchema).optional().describe('List of actions to run, in order.'),
      active: Flag.describe('Whether the rule is enabled.'),
    })),
  )
  .describe(
    'Workflow rule: actions to run when a record changes. This runtime does not execute workflow rules.',
  );
export type ObjectWorkflow = z.infer<typeof ObjectWorkflowSchema>;
