import type { ResolveTenantOptions } from '@objectstack/spec/contracts';
import { isStorableText } from '@objectstack/spec/data';
import type { TenantRequest, TenantResolver } from '@objectstack/spec/http';
import { ObjectStackError } from '@objectstack/spec/shared';
import { type TenantSelector, TenantSelectorSchema } from '@objectstack/spec/system';
import * as z from 'zod';
import { parseInput } from '../shared/parse-input.js';
import { readOptions } from '../shared/read-options.js';
import { whileReadingInput } from '../shared/while-reading-input.js';
import { selectorConflict } from './match-selectors.js';

/** A tenant has one id and one slug; more selectors than this can only be a mistake or an attack. */
const MAX_SELECTORS = 16;
const MAX_LENGTH = 255;

const OptionsSchema = z.strictObject({
  tenantId: z.string().min(1).optional(),
  request: z.looseObject({}).optional(),
  selectors: z.array(TenantSelectorSchema).max(MAX_SELECTORS).optional(),
  claims: z.record(z.string(), z.unknown()).optional(),
  isFromTrustedProxy: z.boolean().optional(),
  signal: z.unknown().optional(),
});

export interface ReadResolveOptions {
  readonly selectors: readonly TenantSelector[];
  readonly signal: AbortSignal | undefined;
}

/** Claims select a tenant also without a request. */
const NO_REQUEST: TenantRequest = { url: '/', headers: {} };

const unreadable = () =>
  new ObjectStackError({
    code: 'invalid_request',
    message: 'Reading the request failed. Pass a Request, or an object with a url and headers.',
  });

/** A text that cannot be stored selects nothing, like any other text that no tenant has. */
const searchable = ({ kind, value }: TenantSelector): TenantSelector => ({
  kind,
  value: value.length <= MAX_LENGTH && isStorableText(value) ? value : '',
});

function fromRequest(
  resolver: TenantResolver,
  { request: given, claims, isFromTrustedProxy }: ResolveTenantOptions,
): TenantSelector[] {
  const request = given ?? (claims && NO_REQUEST);
  if (request === undefined) return [];
  const facts = {
    ...(claims && { claims }),
    ...(isFromTrustedProxy !== undefined && { isFromTrustedProxy }),
  };
  return whileReadingInput(unreadable, () => resolver(request, facts));
}

/** The selectors of all options, sorted so that their order does not matter. Rejects with `invalid_request`. */
export function readResolveOptions(resolver: TenantResolver, given: unknown): ReadResolveOptions {
  const options = readOptions(given as ResolveTenantOptions | undefined);
  const request = options.request as TenantRequest | undefined;
  const { tenantId, selectors = [] } = parseInput(
    OptionsSchema,
    { ...options, request: undefined },
    'selection',
  );
  const all = [
    ...(tenantId === undefined ? [] : [{ kind: 'id' as const, value: tenantId }]),
    ...selectors,
    ...fromRequest(resolver, { ...options, ...(request && { request }) }),
  ];
  if (all.length > MAX_SELECTORS) throw selectorConflict();
  const distinct = new Map(all.map((one) => [`${one.kind} ${one.value}`, searchable(one)]));
  return {
    selectors: [...distinct].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, selector]) => selector),
    signal: options.signal,
  };
}
