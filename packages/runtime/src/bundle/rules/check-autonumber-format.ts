import {
  AUTONUMBER_DATE_TOKENS,
  type AutonumberProblem,
  autonumberFormatText,
  type Field,
  isAutonumberToken,
  parseAutonumberFormat,
} from '@objectstack/spec/data';
import { closestName, type JsonPath } from '@objectstack/spec/shared';
import type { BundleObject, RuleContext } from '../rule-context.js';

const NUMBER_TOKEN = '0000';

const MESSAGES: Record<AutonumberProblem['problem'], (token: string) => string> = {
  unclosed: () => 'The format has an opening brace without a closing one. Close it, or remove it.',
  unopened: () => 'The format has a closing brace without an opening one. Open it, or remove it.',
  unknown_token: (token) =>
    `${token} is neither a number such as {0000}, nor a date such as {YYYYMMDD}, nor a text, number or date field of the object${token === '{id}' ? '. An integer id is assigned after the number' : ''}.`,
  second_number: (token) => `${token} is a second counter: a format has exactly one. Remove it.`,
  too_many_digits: () => 'The counter has more than 15 digits. Use at most 15 zeros.',
};

/** The token that was probably meant, including its braces. */
function suggestToken(token: string, { fields, definition }: BundleObject): string | undefined {
  const content = token.slice(1, -1);
  const dates: readonly string[] = AUTONUMBER_DATE_TOKENS;
  const upper = content.toUpperCase();
  if (dates.includes(upper)) return `{${upper}}`;
  if (/^[#n9]+$/i.test(content)) return `{${NUMBER_TOKEN}}`;
  const usable = [...fields.keys()].filter((name) => isAutonumberToken(name, definition));
  const closest = closestName(content, [...usable, ...dates]);
  return closest === undefined ? undefined : `{${closest}}`;
}

/** Every token of an autonumber format must be valid: an unknown one would appear literally in every number. */
export function checkAutonumberFormat(
  { issues }: RuleContext,
  { field, object, path }: { field: Field; object: BundleObject; path: JsonPath },
): void {
  if (field.type !== 'autonumber') return;
  const { definition, unparsedFields } = object;
  const isToken = (name: string) => isAutonumberToken(name, definition) || unparsedFields.has(name);
  const at = [...path, field.autonumberFormat === undefined ? 'format' : 'autonumberFormat'];
  for (const { token, problem } of parseAutonumberFormat(autonumberFormatText(field), isToken).problems) {
    issues.error(at, {
      code: 'invalid_value',
      message: MESSAGES[problem](token),
      suggest: () => (problem === 'unknown_token' ? suggestToken(token, object) : undefined),
    });
  }
}
