import type { DataPlane, IDataDriver, SqlStatement } from '@objectstack/spec/contracts';

/** The statements of a migration by the name of its database. */
export type Batches = Map<string, readonly SqlStatement[]>;

const recordedDriver = (driver: IDataDriver, record: (statements: readonly SqlStatement[]) => void) =>
  new Proxy(driver, {
    get(target, key) {
      const member: unknown = Reflect.get(target, key, target);
      if (typeof member !== 'function') return member;
      if (key !== 'executeAtomic') return member.bind(target);
      return (statements: readonly SqlStatement[], ...rest: unknown[]) => {
        record(statements);
        return member.call(target, statements, ...rest);
      };
    },
  });

export const writesHistory = ({ sql }: SqlStatement) => /^INSERT INTO "?_os_deployment"?/i.test(sql);

/** A data plane that records the transaction of each migration, so that a loop without this project can run the same. */
export function recordingPlane<Plane extends DataPlane>(plane: Plane, batches: Batches): Plane {
  return {
    ...plane,
    createDriver: (connection, settings) =>
      recordedDriver(plane.createDriver(connection, settings), (statements) => {
        if (statements.some(writesHistory)) batches.set(connection.databaseName, statements);
      }),
  };
}
