import type { ITenantRegistry, TenantRecord } from '@objectstack/spec/contracts';

/** A deviation of a registry: the methods that differ, and the requirements that they violate. */
export interface WrongRegistry {
  readonly breaks: readonly string[];
  readonly methods: (registry: ITenantRegistry) => Partial<ITenantRegistry>;
}

export type WrongRegistries = Readonly<Record<string, WrongRegistry>>;

/** Methods with the origin of the change as an argument, with the number of arguments before it. */
const RECORDED = { createTenant: 1, updateTenant: 3, setTenantNames: 2, saveDeployment: 2 } as const;

type Method = (...args: unknown[]) => Promise<unknown>;

/**
 * The registry with some methods replaced. Those do not pass on the origin of a change and the arguments after it unless they
 * mention them: so the registry below them adds them, if the origin is not what the deviation is about.
 */
export const registryWith =
  ({ methods, breaks }: WrongRegistry) =>
  (registry: ITenantRegistry): ITenantRegistry => {
    if (breaks.includes('audit/origin')) return { ...registry, ...methods(registry) };
    let [origin, ...others]: unknown[] = [];
    const wrap = (target: ITenantRegistry, change: (method: Method, given: number) => Method) =>
      Object.fromEntries(
        Object.entries(RECORDED).map(([name, given]) => [
          name,
          change(target[name as keyof typeof RECORDED].bind(target) as Method, given),
        ]),
      );
    const below = {
      ...registry,
      ...wrap(
        registry,
        (method, given) =>
          (...args) =>
            method(
              ...args.slice(0, given),
              origin,
              ...(args.length > given + 1 ? args.slice(given + 1) : others),
            ),
      ),
    };
    const wrong: ITenantRegistry = { ...below, ...methods(below) };
    const above = wrap(wrong, (method, given) => (...args) => {
      [origin, ...others] = args.slice(given);
      return method(...args);
    });
    return { ...wrong, ...above };
  };

/** The record with some properties of the tenant replaced. */
export const withTenant = (
  record: TenantRecord,
  changes: Partial<Record<keyof TenantRecord['tenant'], unknown>>,
): TenantRecord => ({ ...record, tenant: { ...record.tenant, ...changes } as TenantRecord['tenant'] });

export const without = <T extends object>(value: T, ...keys: string[]): T =>
  Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key))) as T;
