import * as z from 'zod';
import { AppMergeDecisionEnum } from '../app-install-result.zod.js';

export const RolloutUpgradeSchema = z
  .strictObject({
    onConflict: AppMergeDecisionEnum.default('keep_tenant').describe(
      'Decision for components that both the new version of the app and a tenant changed. Defaults to keep_tenant.',
    ),
    decisions: z
      .record(z.string(), AppMergeDecisionEnum)
      .default({})
      .describe(
        'Decisions for individual components that both changed, by kind and name: for example { "view/crm__accounts": "take_app" }. All other components are decided by `onConflict`.',
      ),
    allowDowngrade: z
      .boolean()
      .default(false)
      .describe(
        'Whether tenants that have a newer version of the app are downgraded to the version of the release. Defaults to false: they are refused.',
      ),
  })
  .describe('How a rollout of an app version upgrades the app in each tenant.');
export type RolloutUpgrade = z.infer<typeof RolloutUpgradeSchema>;
export type RolloutUpgradeInput = z.input<typeof RolloutUpgradeSchema>;
