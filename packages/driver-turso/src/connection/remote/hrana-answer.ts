import * as z from 'zod';
import type { HranaRequest } from './hrana-request.js';
import { type HranaResult, isHranaResult } from './hrana-result.js';
import { parseShallowJson } from './parse-shallow-json.js';
import { scrub, scrubCode } from './scrub.js';

const HranaErrorSchema = z.looseObject({
  message: z.string().catch(''),
  code: z.string().nullish().catch(''),
});
const ResultSchema = z.custom<HranaResult>(isHranaResult);
const BatchResultSchema = z.looseObject({
  step_results: z.array(ResultSchema.nullish()),
  step_errors: z.array(HranaErrorSchema.nullish()),
});

/** Only the properties that are used. */
const AnswerSchema = z.looseObject({
  baton: z.string().nullish(),
  base_url: z.string().nullish(),
  results: z.array(
    z.union([
      z.looseObject({
        type: z.literal('ok'),
        response: z.union([
          z.looseObject({ type: z.literal('execute'), result: ResultSchema }),
          z.looseObject({ type: z.literal('batch'), result: BatchResultSchema }),
          z.looseObject({ type: z.literal('close') }),
        ]),
      }),
      z.looseObject({ type: z.literal('error'), error: HranaErrorSchema }),
    ]),
  ),
});

interface HranaError {
  readonly message: string;
  readonly code: string;
}

export interface BatchResult {
  readonly steps: readonly (HranaResult | null)[];
  readonly errors: readonly (HranaError | null)[];
}

/** Outcome of one request of a pipeline. */
type HranaOutcome =
  | { readonly type: 'error'; readonly error: HranaError }
  | { readonly type: 'execute'; readonly result: HranaResult }
  | { readonly type: 'batch'; readonly result: BatchResult }
  | { readonly type: 'close' };

export interface HranaAnswer {
  readonly baton: string | undefined;
  readonly baseUrl: string | undefined;
  /** One outcome for each request. */
  readonly outcomes: readonly HranaOutcome[];
}

type RawError = z.infer<typeof HranaErrorSchema>;

function toError({ message, code }: RawError, token: string | undefined): HranaError {
  return { message: scrub(message, token), code: scrubCode(code) };
}

type RawResult = z.infer<typeof AnswerSchema>['results'][number];

/** Null if the result does not match the request. */
function toOutcome(raw: RawResult, request: HranaRequest, token: string | undefined): HranaOutcome | null {
  if (raw.type === 'error') return { type: 'error', error: toError(raw.error, token) };
  const { response } = raw;
  if (response.type !== request.type) return null;
  if (response.type === 'close') return { type: 'close' };
  if (response.type === 'execute') return { type: 'execute', result: response.result };
  const { step_results: steps, step_errors: errors } = response.result;
  const count = request.type === 'batch' ? request.batch.steps.length : 0;
  if (steps.length !== count || errors.length !== count) return null;
  return {
    type: 'batch',
    result: {
      steps: steps.map((step) => step ?? null),
      errors: errors.map((error) => (error ? toError(error, token) : null)),
    },
  };
}

/** Parses the response to a pipeline; null if it is not one of a libSQL server. Tokens are removed from error texts. */
export function parseAnswer(
  body: string,
  requests: readonly HranaRequest[],
  token: string | undefined,
): HranaAnswer | null {
  const parsed = AnswerSchema.safeParse(parseShallowJson(body));
  if (!parsed.success || parsed.data.results.length !== requests.length) return null;
  const { baton, base_url, results } = parsed.data;
  const outcomes: HranaOutcome[] = [];
  for (const [index, raw] of results.entries()) {
    const outcome = toOutcome(raw, requests[index] as HranaRequest, token);
    if (!outcome) return null;
    outcomes.push(outcome);
  }
  return { baton: baton ?? undefined, baseUrl: base_url ?? undefined, outcomes };
}
