import * as z from 'zod';
import { ErrorCodeEnum } from '../../shared/error-code.zod.js';
import { NextCursorSchema } from '../../shared/page.zod.js';
import { RolloutPlanSchema } from './rollout-plan.zod.js';
import { RolloutStrategySchema } from './rollout-strategy.zod.js';
import { RolloutTenantStateEnum } from './rollout-tenant.zod.js';

const NonEmpty = z.string().min(1);
const Count = z.int().min(0);
const Instant = z.iso.datetime();

export const RolloutStatusEnum = z
  .enum(['planned', 'running', 'paused', 'stopped', 'completed', 'aborted', 'rolling_back', 'rolled_back'])
  .describe(
    'Status of a rollout. planned: not started yet; running: tenants are being migrated; paused: paused on request; stopped: stopped because more tenants were refused or failed than the error budget permits; completed: every tenant was attempted; aborted: ended on request; rolling_back: the deployments of the rollout are being rolled back; rolled_back: their rollback is complete.',
  );
export type RolloutStatus = z.infer<typeof RolloutStatusEnum>;

export const RolloutWaveProgressSchema = z
  .object({
    wave: Count.describe('Number of the wave, where 0 is the canary.'),
    tenants: Count.describe('Number of tenants in the wave.'),
    pending: Count.describe('Number of tenants in the wave that have not been attempted yet.'),
  })
  .describe('Progress of one wave of a rollout.');
export type RolloutWaveProgress = z.infer<typeof RolloutWaveProgressSchema>;

export const RolloutProgressSchema = z
  .object({
    states: z
      .partialRecord(RolloutTenantStateEnum, Count)
      .describe('Number of tenants by state. States without tenants are absent.'),
    failures: z
      .partialRecord(ErrorCodeEnum, Count)
      .describe('Number of refused and failed tenants by error code. Codes without tenants are absent.'),
    waves: z
      .array(RolloutWaveProgressSchema)
      .describe('List of the waves, in order. Empty before the start.'),
  })
  .describe('Numbers of tenants in a rollout by state, error code and wave.');
export type RolloutProgress = z.infer<typeof RolloutProgressSchema>;

export const RolloutSchema = z
  .object({
    id: NonEmpty.describe('Unique identifier of the rollout.'),
    status: RolloutStatusEnum,
    plan: RolloutPlanSchema.describe('Plan of the rollout.'),
    strategy: RolloutStrategySchema.optional().describe('Strategy of the rollout. Absent before the start.'),
    wave: Count.describe('Number of the current wave, where 0 is the canary.'),
    progress: RolloutProgressSchema,
    bakeUntil: Instant.optional().describe(
      'Timestamp at which the next wave starts. Absent unless the rollout is in the pause before a wave.',
    ),
    accessUntil: Instant.optional().describe(
      'Timestamp until which the tenants of the current wave are migrated only when they are used. Absent unless the current wave is the last one of a rollout in the mode on_access.',
    ),
    startedAt: Instant.optional().describe(
      'Timestamp at which the rollout was started. Absent if the rollout was not started, or was aborted without having been started.',
    ),
    endedAt: Instant.optional().describe(
      'Timestamp at which the rollout was completed, aborted or, most recently, rolled back. Absent in any other status.',
    ),
    updatedAt: Instant.describe('Timestamp at which the status or wave last changed.'),
  })
  .refine(
    ({ status, startedAt }) =>
      startedAt === undefined ? status === 'planned' || status === 'aborted' : status !== 'planned',
    {
      path: ['startedAt'],
      message: 'must be absent if status is planned, and present unless status is planned or aborted',
    },
  )
  .describe('Rollout of a release: its plan, strategy and progress, and after its end the final report.');
export type Rollout = z.infer<typeof RolloutSchema>;

export const RolloutPageSchema = z
  .object({
    items: z.array(RolloutSchema).describe('List of rollouts, latest first.'),
    nextCursor: NextCursorSchema,
  })
  .describe('Page of rollouts.');
export type RolloutPage = z.infer<typeof RolloutPageSchema>;
