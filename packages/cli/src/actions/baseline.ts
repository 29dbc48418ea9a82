import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { importDatabaseFile } from '@objectstack/driver-turso';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { BaselineFinding, BaselineResult, TenantPlan } from '@objectstack/spec/system';
import type { Action, CommandInput } from '../frame/command.js';
import type { CommandContext } from '../frame/command-context.js';
import { interrupted } from '../frame/command-error.js';
import { isSet, textOption } from '../frame/read-options.js';
import { counted } from '../output/counted.js';
import type { Style } from '../output/style.js';
import { visibleText } from '../output/table.js';
import { validBundle } from '../project/load-project.js';
import { unreadable } from '../project/read-source.js';
import { withFileName } from '../pull/with-file-name.js';
import { tokenOf } from './token-of.js';

interface Subject {
  readonly databaseName: string;
  /** Deletes what the check left, unless the database was adopted. */
  readonly discard: () => Promise<void>;
}

const isPath = (database: string) => /[./\\]/.test(database);
const nameOf = (path: string) => `f-${createHash('sha256').update(path).digest('hex').slice(0, 26)}`;

/** The database on the data plane: on a server, the one of that name; on this machine, a copy of the file. */
async function subjectOf(context: CommandContext, database: string): Promise<Subject> {
  const [{ settings }, { runtime }] = [await context.config(), await context.session()];
  const { dataPlane } = settings;
  const isFile = isPath(database) || existsSync(resolve(context.environment.cwd, database));
  if (dataPlane.kind !== 'local' || !isFile)
    return { databaseName: database, discard: async () => undefined };
  const file = await realpath(resolve(context.environment.cwd, database.replace(/^file:/, ''))).catch(
    (error) => {
      throw unreadable(database, error);
    },
  );
  const databaseName = nameOf(file);
  const isRegistered = (tenantId: string) =>
    runtime.tenants.get(tenantId).then(
      () => true,
      (error) => {
        if (ObjectStackError.isInstance(error) && error.code === 'tenant_not_found') return false;
        throw error;
      },
    );
  const { discard } = await importDatabaseFile({
    dir: dataPlane.dir,
    file,
    databaseName,
    isRegistered,
  }).catch((error) => {
    throw withFileName(error, file);
  });
  return { databaseName, discard };
}

async function request(context: CommandContext, input: CommandInput) {
  const { settings } = await context.config();
  const [displayName, plan] = [textOption(input, 'name'), textOption(input, 'plan')];
  const authToken = await tokenOf(context, input);
  return {
    orgId: settings.organization,
    checkOnly: isSet(input, 'check'),
    ...(displayName !== undefined && { displayName }),
    ...(plan !== undefined && { plan: plan as TenantPlan }),
    ...(authToken !== undefined && { authToken }),
  };
}

const COLORS = { error: 'red', warning: 'yellow', notice: 'dim' } as const;

function findingText(style: Style, finding: BaselineFinding): string {
  const { code, severity, object, name, message, rows, samples = [], next, fix = [] } = finding;
  const where = name === undefined ? object : `${object}.${name}`;
  const counts =
    rows === undefined ? '' : ` ${counted(rows, 'row')}: ${samples.join(', ')}`.replace(/: $/, '');
  const lines = [
    `${style[COLORS[severity]](severity)} ${style.bold(visibleText(where))} ${style.dim(code)}`,
    `  ${visibleText(message + counts)}`,
    ...(next === undefined ? [] : [`  ${style.cyan('Next:')} ${visibleText(next)}.`]),
    ...fix.map((statement) => `        ${visibleText(statement)};`),
  ];
  return lines.join('\n');
}

function resultText(style: Style, { outcome, tenantId, findings }: BaselineResult): string {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const ends: Readonly<Record<BaselineResult['outcome'], string>> = {
    adopted: style.green(`✔ Adopted the database as tenant ${tenantId}. No row was changed.`),
    already_adopted: style.green(`✔ The database was adopted before, as tenant ${tenantId}.`),
    adoptable: style.green('✔ The database can be adopted. Nothing was changed.'),
    refused: style.red(`✖ The database cannot be adopted: ${counted(errors, 'error')}. Nothing was changed.`),
  };
  return [...findings.map((finding) => findingText(style, finding)), ends[outcome]].join('\n\n');
}

/** Adopts an existing database as a tenant in which the bundle is deployed, without changing a row. */
export const baseline: Action = async (context, input) => {
  const { signal } = context;
  const bundle = validBundle(await context.project());
  const { runtime } = await context.session();
  const asked = await request(context, input);
  const { databaseName, discard } = await subjectOf(context, input.args[0] ?? '');
  let result: BaselineResult;
  try {
    if (signal.aborted) throw interrupted();
    result = await runtime.provisioning.baselineTenant({ ...asked, databaseName, bundle }, { signal });
  } finally {
    await discard();
  }
  const slug = textOption(input, 'slug');
  if (result.tenantId !== null && slug !== undefined)
    await runtime.tenants.setSlug(result.tenantId, slug, { signal });
  return {
    document: result,
    exit: result.outcome === 'refused' ? 'refused' : 'ok',
    text: (style) => resultText(style, result),
  };
};
