import { ObjectStackError } from '@objectstack/spec/shared';
import type { AppCompatibilityCode } from '@objectstack/spec/system';
import type { ChangeApps } from '../app-suite.js';
import type { WrongApps } from './wrong-apps.js';

/** A check that overlooks issues with these codes. */
const overlooking =
  (...codes: AppCompatibilityCode[]): ChangeApps =>
  ({ apps }) => ({
    async checkCompatibility(tenantId, manifest) {
      const { issues: all } = await apps.checkCompatibility(tenantId, manifest);
      const issues = all.filter(({ code }) => !codes.includes(code));
      return { issues, compatible: issues.every(({ severity }) => severity !== 'error') };
    },
  });

export const WRONG_CHECKS: Readonly<Record<string, WrongApps>> = {
  'overlooks names': { change: overlooking('name_outside_namespace'), breaks: ['check/names'] },
  'overlooks namespaces': { change: overlooking('namespace_taken'), breaks: ['check/namespace'] },
  'overlooks missing apps': { change: overlooking('dependency_missing'), breaks: ['check/dependencies'] },
  'overlooks versions of apps': { change: overlooking('dependency_version'), breaks: ['check/dependencies'] },
  'overlooks cycles': { change: overlooking('dependency_cycle'), breaks: ['check/dependencies'] },
  'overlooks dependents': { change: overlooking('depended_on_by'), breaks: ['check/dependencies'] },
  'overlooks runtime versions': { change: overlooking('kernel_range'), breaks: ['check/runtime'] },
  'overlooks extended objects': {
    change: overlooking('extension_target_missing'),
    breaks: ['check/targets'],
  },
  'overlooks other content': { change: overlooking('version_conflict'), breaks: ['check/versions'] },
  'overlooks downgrades': { change: overlooking('downgrade'), breaks: ['check/versions'] },
  'overlooks settings': { change: overlooking('setting_missing'), breaks: ['check/warnings'] },
  'overlooks permissions': { change: overlooking('permission_requested'), breaks: ['check/warnings'] },
  'regards warnings as errors': {
    change: ({ apps }) => ({
      async checkCompatibility(tenantId, manifest) {
        const { issues } = await apps.checkCompatibility(tenantId, manifest);
        return { issues, compatible: issues.length === 0 };
      },
    }),
    breaks: ['check/warnings'],
  },
  'installs what it checks': {
    change: ({ apps }) => ({
      async checkCompatibility(tenantId, manifest) {
        const check = await apps.checkCompatibility(tenantId, manifest);
        await apps.installApp(tenantId, manifest, {});
        return check;
      },
    }),
    breaks: ['check/compatible'],
  },
  'calls a malformed manifest incompatible': {
    change: ({ apps }) => ({
      checkCompatibility: (tenantId, manifest) =>
        apps.checkCompatibility(tenantId, manifest).catch((error) => {
          if (!ObjectStackError.isInstance(error, 'invalid_request')) throw error;
          return {
            compatible: false,
            issues: [{ severity: 'error', code: 'invalid_component', message: error.message }],
          };
        }),
    }),
    breaks: ['check/invalid'],
  },
};
