import type { ISecretSealer } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { AppCompatibilityIssue, AppManifest, AppSetting } from '@objectstack/spec/system';
import { toAppIssue } from './composition-issue.js';

type Values = Readonly<Record<string, unknown>>;

const TYPES = { text: 'string', number: 'number', boolean: 'boolean' } as const;

const fits = ({ type, secret }: AppSetting, value: unknown) =>
  typeof value === TYPES[type] &&
  (typeof value !== 'number' || Number.isFinite(value)) &&
  (!secret || value !== '');

/** Whether a stored value can be kept: an upgrade may have changed the type of a setting, or made it a secret. */
const isKept = (setting: AppSetting, name: string, stored: Values) =>
  Object.hasOwn(stored, name) &&
  (setting.secret
    ? typeof stored[name] === 'object'
    : typeof stored[name] !== 'object' && fits(setting, stored[name]));

const lacks = (setting: AppSetting, known: boolean) =>
  setting.required && setting.default === undefined && !known;

/** Problems of the given values. `stored` are settings that have a value already. Contains no values. Pure. */
export function checkSettings(
  { settings }: AppManifest,
  given: Values,
  { stored = {}, missing = 'error' }: { stored?: Values; missing?: 'error' | 'warning' },
): AppCompatibilityIssue[] {
  const issues: AppCompatibilityIssue[] = [];
  for (const [name, value] of Object.entries(given)) {
    const setting = Object.hasOwn(settings, name) ? settings[name] : undefined;
    if (!setting)
      issues.push({
        severity: 'error',
        code: 'setting_unknown',
        message: 'The app has no setting of this name.',
        ...(/^[a-z][a-z0-9_]{0,62}$/.test(name) && { subject: name }),
      });
    else if (!fits(setting, value))
      issues.push({
        severity: 'error',
        code: 'setting_invalid',
        subject: name,
        path: `/settings/${name}`,
        message: `The value of the setting ${name} is not a ${setting.type}${setting.secret ? ' with at least one character' : ''}.`,
      });
  }
  for (const [name, setting] of Object.entries(settings))
    if (lacks(setting, Object.hasOwn(given, name) || isKept(setting, name, stored)))
      issues.push(
        toAppIssue(
          {
            code: 'setting_missing',
            path: ['settings', name],
            subject: name,
            message: `The setting ${name} requires a value.`,
            suggestion: `Pass a ${setting.type} for ${name}.`,
          },
          missing,
        ),
      );
  return issues;
}

/** Values of settings as they are stored. Those that do not fit the new version are dropped. */
export async function storeSettings(
  { name: appId, settings }: AppManifest,
  { given, stored = {} }: { given: Values; stored?: Values },
  { tenantId, sealer }: { tenantId: string; sealer: ISecretSealer | undefined },
): Promise<Record<string, unknown>> {
  const values: Record<string, unknown> = {};
  for (const [name, setting] of Object.entries(settings)) {
    if (Object.hasOwn(given, name))
      values[name] = setting.secret
        ? await seal(String(given[name]), { tenantId, field: settingField(appId, name) }, sealer)
        : given[name];
    else if (isKept(setting, name, stored)) values[name] = stored[name];
  }
  return values;
}

/** Property that a sealed value of a setting belongs to. */
export const settingField = (appId: string, name: string) => `apps.${appId}.settings.${name}`;

function seal(secret: string, place: { tenantId: string; field: string }, sealer: ISecretSealer | undefined) {
  if (sealer) return sealer.seal(secret, place);
  throw new ObjectStackError({
    code: 'configuration_incomplete',
    message: 'The app has a secret setting, and createRuntime has no option sealer to encrypt it with.',
    details: { missing: ['sealer'] },
  });
}

/** Values without secrets, with the default values, and the names of the secrets that have a value. */
export function publicSettings({ settings }: AppManifest, stored: Values) {
  const values: Record<string, string | number | boolean> = {};
  const secrets: string[] = [];
  for (const [name, setting] of Object.entries(settings)) {
    if (setting.secret) {
      if (Object.hasOwn(stored, name)) secrets.push(name);
      continue;
    }
    const value = Object.hasOwn(stored, name) ? stored[name] : setting.default;
    if (value !== undefined) values[name] = value as string | number | boolean;
  }
  return { settings: values, secretSettings: secrets };
}
