import * as z from 'zod';
import { lazyShape } from '../shared/lazy-shape.js';
import { ExpressionSchema } from './expression.zod.js';

const Flag = z.boolean().optional();
const Text = z.string().optional();

const WorkflowActionSchema = z.looseObject(
  lazyShape(() => ({
    name: Text.describe('Name of the step.'),
    type: z.string().describe('What is done, such as field_update or email_alert.'),
    field: Text.describe('Field that is set.'),
    value: z.unknown().optional().describe('What the field is set to.'),
    template: Text.describe('Template of the e-mail.'),
    recipients: z.array(z.string()).optional().describe('Who gets the e-mail.'),
  })),
);

export const ObjectWorkflowSchema = z
  .looseObject(
    lazyShape(() => ({
      name: z.string().describe('Name of the rule.'),
      objectName: Text.describe('Object whose records it is about.'),
      description: Text.describe('What the rule is for.'),
      triggerType: Text.describe('What starts it, such as on_update or scheduled.'),
      schedule: Text.describe('When it starts, as a cron expression.'),
      criteria: ExpressionSchema.optional().describe('For which records it holds.'),
      actions: z.array(WorkflowActionSchema).optional().describe('What is done.'),
      active: Flag.describe('Whether it is switched on.'),
    })),
  )
  .describe('What should follow when a record changes. Nothing here runs it.');
export type ObjectWorkflow = z.infer<typeof ObjectWorkflowSchema>;
