import * as z from 'zod';

const FaultSchema = z
  .strictObject({
    kind: z
      .enum(['latency', 'status', 'lost_request', 'lost_answer', 'hang'])
      .describe(
        'Kind of the fault. latency: the answer is delayed; status: the request has no effect and is answered with a status; lost_request: the connection breaks before the request has an effect; lost_answer: it breaks afterwards; hang: the request has no effect and is never answered.',
      ),
    method: z
      .enum(['GET', 'POST', 'PATCH', 'DELETE'])
      .optional()
      .describe('Method of the affected requests.'),
    path: z.string().optional().describe('Text that the path of the affected requests contains.'),
    times: z.int().min(1).default(1).describe('Number of affected requests.'),
    after: z.int().min(0).default(0).describe('Number of matching requests before the first affected one.'),
    status: z.int().min(400).max(599).default(503).describe('Status of the answer.'),
    retryAfter: z.string().optional().describe('Value of the header Retry-After.'),
    latencyMs: z.int().min(0).default(1_000).describe('Delay of the answer, in milliseconds.'),
  })
  .describe('Fault of the next requests to the Platform API.');
export type Fault = z.infer<typeof FaultSchema>;
export type FaultInput = z.input<typeof FaultSchema>;

/** Faults that are still to happen. The first one that matches a request applies. */
export class Faults {
  #pending: { fault: Fault; after: number; left: number }[] = [];

  add(input: FaultInput): void {
    const fault = FaultSchema.parse(input);
    this.#pending.push({ fault, after: fault.after, left: fault.times });
  }

  clear(): void {
    this.#pending = [];
  }

  take(method: string, path: string): Fault | undefined {
    for (const entry of this.#pending) {
      const { fault } = entry;
      const matches = (fault.method ?? method) === method && path.includes(fault.path ?? '');
      if (!matches || entry.left === 0) continue;
      if (entry.after-- > 0) continue;
      entry.left--;
      return fault;
    }
    return undefined;
  }
}
