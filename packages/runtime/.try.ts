import { readFileSync } from 'node:fs';
import { bundleFromStack } from './src/bundle/bundle-from-stack.js';
import { checkBundle } from './src/bundle/validate-bundle.js';
for (const f of ['app_crm','app_todo']) {
  const stack = JSON.parse(readFileSync(`/work/shared/realworld/${f}.json`,'utf8'));
  const { result, canonical } = checkBundle(bundleFromStack(stack));
  console.log(f, { ...result, issues: result.issues.length }, canonical?.bytes.length);
  const by: Record<string, number> = {};
  for (const i of result.issues) by[`${i.severity} ${i.code}`] = (by[`${i.severity} ${i.code}`] ?? 0) + 1;
  console.log(by);
  for (const i of result.issues) console.log(i.severity, i.code, i.path, '|', i.message, i.suggestion ?? '');
}
