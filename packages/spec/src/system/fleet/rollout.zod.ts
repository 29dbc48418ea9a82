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
    'Status of a rollout. planned: not started; running; paused: on request; stopped: more tenants were refused or failed than the error budget permits; completed: every tenant was attempted; aborted: ended on request; rolling_back: its deployments are being rolled back; rolled_back: this has ended.',
  );
export type RolloutStatus = z.infer<typeof RolloutStatusEnum>;

export const RolloutWaveProgressSchema = z
  .object({
    wave: Count.describe('Number of the wave, where 0 is the canary.'),
    tenants: Count.describe('Number of tenants of the wave.'),
    pending: Count.describe('Number of tenants of the wave that were not attempted yet.'),
  })
  .describe('Progress of a wave.');
export type RolloutWaveProgress = z.infer<typeof RolloutWaveProgressSchema>;

export const RolloutProgressSchema = z
  .object({
    states: z
      .partialRecord(RolloutTenantStateEnum, Count)
      .describe('Number of tenants by state, without zeros.'),
    failures: z
      .partialRecord(ErrorCodeEnum, Count)
      .describe('Number of refused and failed tenants by error code, without zeros.'),
    waves: z
      .array(RolloutWaveProgressSchema)
      .describe('List of the waves, in order. Empty before the start.'),
  })
  .describe('Number of the tenants of a rollout by state, error code and wave.');
export type RolloutProgress = z.infer<typeof RolloutProgressSchema>;

export const RolloutSchema = z
  .object({
    id: NonEmpty.describe('Unique identifier of the rollout.'),
    status: RolloutStatusEnum,
    plan: RolloutPlanSchema,
    strategy: RolloutStrategySchema.optional().describe('Strategy of the rollout. Absent before the start.'),
    wave: Count.describe('Number of the current wave.'),
    progress: RolloutProgressSchema,
    bakeUntil: Instant.optional().describe(
      'Timestamp at which the next wave starts. Absent unless it is awaited.',
    ),
    accessUntil: Instant.optional().describe(
      'Timestamp until which the tenants of the current wave are attempted when they are used, in the mode on_access. Absent unless this is so.',
    ),
    startedAt: Instant.optional().describe(
      'Timestamp at which the rollout was started. Absent before, also after a rollout was aborted that was never started.',
    ),
    endedAt: Instant.optional().describe(
      'Timestamp at which the rollout last ended. Absent unless it has ended.',
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
  .describe(
    'Rollout of a release: its plan, its strategy and how far it is. The final report once it has ended.',
  );
export type Rollout = z.infer<typeof RolloutSchema>;

export const RolloutPageSchema = z
  .object({
    items: z.array(RolloutSchema).describe('List of rollouts, latest first.'),
    nextCursor: NextCursorSchema,
  })
  .describe('Page of rollouts.');
export type RolloutPage = z.infer<typeof RolloutPageSchema>;
