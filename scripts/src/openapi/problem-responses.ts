import { ERROR_CODES, ERROR_DETAILS, type ErrorCode } from '@objectstack/spec';
import { type ComponentSchema, output } from './schema-reference.js';

const PROBLEM = 'application/problem+json';

const problem = (schema: ComponentSchema, description: string) => ({
  description,
  content: { [PROBLEM]: { schema } },
});

/** Any error, including those that no operation lists. */
export const ANY_PROBLEM = problem(output('ProblemDetails'), 'Problem details (RFC 9457).');

/** Names of the facts that `details` can contain besides those of every error. */
function factsText(code: ErrorCode): string {
  const facts = ERROR_DETAILS[code].map((fact) => `\`${fact}\``);
  return facts.length > 0 ? ` Details: ${facts.join(', ')}.` : '';
}

/** Responses of the codes by status: several codes may share one. */
export function problemResponses(codes: readonly ErrorCode[]): Record<string, unknown> {
  const statuses = [...new Set(codes.map((code) => ERROR_CODES[code].status))].sort();
  const responses = statuses.map((status) => {
    const own = codes.filter((code) => ERROR_CODES[code].status === status);
    const lines = own.map((code) => `- \`${code}\`: ${ERROR_CODES[code].title}${factsText(code)}`);
    const narrowed = { properties: { status: { const: status }, code: { enum: own } } };
    return [`${status}`, problem({ allOf: [output('ProblemDetails'), narrowed] }, lines.join('\n'))];
  });
  return { ...Object.fromEntries(responses), default: { $ref: '#/components/responses/Problem' } };
}
