import type {
  CallOptions,
  DataPlane,
  IKeyService,
  ISecretSealer,
  ITenantRegistry,
} from '@objectstack/spec/contracts';
import { throwIfAborted } from '@objectstack/spec/shared';
import type { KeyRotation } from '@objectstack/spec/system';
import type { Observer } from '../observe/observer.js';
import type { Clock } from '../shared/clock.js';
import { readOptions } from '../shared/read-options.js';
import { reencryptTenantTokens } from './reencrypt-tenant-tokens.js';

export interface KeyServiceContext {
  readonly registry: ITenantRegistry;
  readonly dataPlane: DataPlane;
  /** Absent: the registry contains no secrets. */
  readonly sealer?: ISecretSealer | undefined;
  readonly observer: Pick<Observer, 'emit'>;
  readonly clock: Clock;
  /** Aborted when the runtime is closed. */
  readonly stopping: AbortSignal;
}

const sum = (one: KeyRotation, other: KeyRotation): KeyRotation => ({
  ...one,
  ...other,
  resealed: one.resealed + other.resealed,
  remaining: one.remaining + other.remaining,
});

async function rotate(context: KeyServiceContext, options: CallOptions): Promise<KeyRotation> {
  const { registry, dataPlane, sealer, clock, stopping } = context;
  const { actor, requestId } = options;
  const given = options.signal instanceof AbortSignal ? [options.signal] : [];
  const signal = AbortSignal.any([...given, stopping]);
  throwIfAborted(signal);
  const by = { actor, requestId, at: clock.now().toISOString() };
  const rotations = await Promise.allSettled([
    dataPlane.rotateKeys?.({ ...options, signal }),
    sealer && reencryptTenantTokens({ registry, sealer }, by, signal),
  ]);
  let total: KeyRotation = { resealed: 0, remaining: 0 };
  for (const rotation of rotations) {
    if (rotation.status === 'rejected') throw rotation.reason;
    if (rotation.value) total = sum(total, rotation.value);
  }
  return total;
}

/** Encrypts the secrets of the data plane and of the registry with the current keys. */
export function createKeyService(context: KeyServiceContext): IKeyService {
  return {
    async rotate(options) {
      const rotation = await rotate(context, readOptions(options));
      context.observer.emit('keys.rotated', rotation);
      return rotation;
    },
  };
}
