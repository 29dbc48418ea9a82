import type {
  ApplyMigrationsOptions,
  DiffOptions,
  IDataDriver,
  ISchemaDiffService,
  PlanRollbackOptions,
  SqlValue,
} from '@objectstack/spec/contracts';
import type { ObjectDefinition } from '@objectstack/spec/data';
import type { CurrentSchema, DeployDiff, MigrationPlan, MigrationResult } from '@objectstack/spec/system';
import type { Once } from '../kit/create-once.js';
import { lossesOf, requirementsOf } from './changes.js';
import { type RowsByTable, rowsOf } from './table-rows.js';

/** What a suite needs, newly created for each test. */
export interface SchemaDiffSubject {
  /** Service to test. */
  readonly service: ISchemaDiffService;
  /** Connected driver on its own, empty database. */
  readonly driver: IDataDriver;
  /** Runs one statement outside of the deployments, as an unmanaged change. Default: `execute` of the driver. */
  readonly executeUnmanaged?: (sql: string) => Promise<readonly Readonly<Record<string, SqlValue>>[]>;
  /** Releases all resources. */
  readonly destroy?: () => Promise<void>;
}

type Objects = readonly ObjectDefinition[];

/** A service and a database, with the operations that most checks use. */
export class SchemaDiffTrial {
  readonly service: ISchemaDiffService;
  readonly driver: IDataDriver;

  /** The same service on another empty database. */
  readonly fresh: () => Promise<SchemaDiffTrial>;
  /** Creates another connected driver on the same database. */
  readonly another: () => Promise<IDataDriver>;
  /** Shares results between the checks of a suite. */
  readonly once: Once;

  constructor(
    private readonly subject: SchemaDiffSubject,
    { fresh, another, once }: Pick<SchemaDiffTrial, 'fresh' | 'another' | 'once'>,
  ) {
    this.service = subject.service;
    this.driver = subject.driver;
    this.fresh = fresh;
    this.another = another;
    this.once = once;
  }

  introspect(): Promise<CurrentSchema> {
    return this.service.introspect(this.driver);
  }

  async diff(objects: Objects, options?: DiffOptions): Promise<DeployDiff> {
    return this.service.diff(await this.introspect(), objects, options);
  }

  async plan(objects: Objects, options?: DiffOptions): Promise<MigrationPlan> {
    return this.service.generateMigrations(await this.diff(objects, options), 'sqlite');
  }

  /** Refreshes the driver, so that it knows the deployment immediately. */
  async apply(plan: MigrationPlan, options?: ApplyMigrationsOptions): Promise<MigrationResult> {
    const result = await this.service.applyMigrations(this.driver, plan, options);
    await this.driver.refresh();
    return result;
  }

  async deploy(
    objects: Objects,
    options: DiffOptions & ApplyMigrationsOptions = {},
  ): Promise<MigrationResult> {
    return this.apply(await this.plan(objects, options), options);
  }

  /** Applies with approval of all removed data and of records without a required value. */
  force(plan: MigrationPlan): Promise<MigrationResult> {
    return this.apply(plan, { allow: [...new Set([...lossesOf(plan.diff), ...requirementsOf(plan.diff)])] });
  }

  planRollback(options?: PlanRollbackOptions): Promise<MigrationPlan> {
    return this.service.planRollback(this.driver, options);
  }

  async rollback(options?: PlanRollbackOptions): Promise<MigrationResult> {
    return this.force(await this.planRollback(options));
  }

  /** Findings with a positive count, by the kind of check. */
  async findings(plan: MigrationPlan) {
    return (await this.service.runPreflight(this.driver, plan)).filter(({ rows }) => rows > 0);
  }

  async sql(text: string): Promise<readonly Readonly<Record<string, SqlValue>>[]> {
    const { executeUnmanaged } = this.subject;
    return executeUnmanaged ? executeUnmanaged(text) : (await this.driver.execute(text)).rows;
  }

  rows(...tables: string[]): Promise<RowsByTable> {
    return rowsOf((text) => this.sql(text), tables);
  }

  /** All observable content: schema, metadata, history and the rows of every object. */
  async content() {
    const schema = await this.introspect();
    const names = schema.objects.map(({ definition }) => definition.name);
    const missing = new Set(schema.tables.map(({ name }) => name));
    return { schema, rows: await this.rows(...names.filter((name) => missing.has(name))) };
  }
}
