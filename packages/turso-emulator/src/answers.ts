import type { EmulatedDatabase, EmulatedGroup } from './state.js';

/** A database as the Platform API reports it, with its mixed casing. */
export function databaseAnswer(
  database: EmulatedDatabase,
  group: EmulatedGroup | undefined,
  hostname: string,
) {
  const location = group?.location ?? '';
  return {
    Name: database.name,
    DbId: database.dbId,
    Hostname: hostname,
    block_reads: database.blockReads,
    block_writes: database.blockWrites,
    regions: [location],
    primaryRegion: location,
    group: database.group,
    delete_protection: database.deleteProtection,
    parent: database.parent,
  };
}

export function groupAnswer({ name, uuid, location, deleteProtection }: EmulatedGroup) {
  return {
    name,
    uuid,
    version: 'v0.24.32',
    locations: [location],
    primary: location,
    delete_protection: deleteProtection,
  };
}

export function configurationAnswer(database: EmulatedDatabase) {
  return {
    ...(database.sizeLimit !== undefined && { size_limit: database.sizeLimit }),
    allow_attach: database.allowAttach,
    block_reads: database.blockReads,
    block_writes: database.blockWrites,
    delete_protection: database.deleteProtection,
    allowed_ips: database.allowedIps,
    allowed_aws_vpc_ids: database.allowedVpcs,
  };
}
