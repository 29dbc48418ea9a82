import type { IAppRegistry, IDataDriver, ISecretSealer } from '@objectstack/spec/contracts';
import type { CurrentSchema } from '@objectstack/spec/system';
import type { DeployContext } from '../deploy/deploy-context.js';
import type { InstalledLayers } from './installed-layers.js';
import type { PublisherKey } from './verify-signature.js';

/** Dependencies of the app service. */
export interface AppContext extends DeployContext {
  /** Version that the `kernelRange` of a manifest is compared with. */
  readonly runtimeVersion: string;
  readonly sealer?: ISecretSealer | undefined;
  /** Keys of trusted publishers. If given, every manifest of the app registry must be signed with one of them. */
  readonly publisherKeys?: readonly PublisherKey[] | undefined;
  readonly appRegistry?: IAppRegistry | undefined;
  /** Days for which the bundle store retains archived data; null if it is never removed. Absent: 30. */
  readonly archiveDays?: number | null | undefined;
}

/** A tenant whose apps are changed, as it was read. */
export interface AppTenant {
  readonly tenantId: string;
  readonly driver: IDataDriver;
  readonly current: CurrentSchema;
  readonly before: InstalledLayers;
}
