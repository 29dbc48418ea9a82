import { isStorableText } from '@objectstack/spec/data';
import { ObjectStackError } from '@objectstack/spec/shared';

const STORED_TEXTS = ['orgId', 'requestKey', 'displayName', 'adminEmail'] as const;

type StoredTexts = { readonly [K in (typeof STORED_TEXTS)[number]]?: string | undefined };

/** SQLite would truncate text at a NUL character and replace a lone surrogate. */
export function assertStorable(request: StoredTexts): void {
  const wrong = STORED_TEXTS.filter((name) => !isStorableText(request[name] ?? ''));
  if (wrong.length === 0) return;
  const message = 'The text contains a NUL character or a lone surrogate.';
  throw new ObjectStackError({
    code: 'invalid_request',
    message: `These texts contain a NUL character or a lone surrogate: ${wrong.join(', ')}. Remove it.`,
    details: { issues: wrong.map((name) => ({ path: `/${name}`, code: 'not_storable', message })) },
  });
}
