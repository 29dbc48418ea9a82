/** What a default token is replaced by when a record is written. */
export type DefaultTokenMeaning = 'now' | 'today' | 'current_user';

/** Default values that `defaultValueOf` evaluates on write; they never become the DEFAULT of a column. */
export const DEFAULT_TOKENS: Readonly<Record<string, DefaultTokenMeaning>> = {
  'NOW()': 'now',
  $now: 'now',
  '{now}': 'now',
  CURRENT_TIMESTAMP: 'now',
  'TODAY()': 'today',
  $today: 'today',
  '{today}': 'today',
  CURRENT_DATE: 'today',
  $currentUser: 'current_user',
  '{current_user}': 'current_user',
  '{current_user_id}': 'current_user',
};
