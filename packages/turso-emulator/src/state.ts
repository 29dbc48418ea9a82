import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SigningKey } from './signing-key.js';

/** A database of the organization. */
export interface EmulatedDatabase {
  readonly name: string;
  readonly dbId: string;
  readonly group: string;
  /** Time of its creation, in milliseconds since the epoch. */
  readonly createdAt: number;
  readonly parent: { id: string; name: string; branched_at: string } | null;
  /** Time from which its server answers, in milliseconds since the epoch. */
  readonly servedFrom: number;
  key: SigningKey;
  sizeLimit: string | undefined;
  blockReads: boolean;
  blockWrites: boolean;
  deleteProtection: boolean;
  allowAttach: boolean;
  allowedIps: string[];
  allowedVpcs: string[];
}

export interface EmulatedGroup {
  readonly name: string;
  readonly uuid: string;
  readonly location: string;
  key: SigningKey;
  deleteProtection: boolean;
  archived: boolean;
}

/** What the emulator knows beside the data of the databases; saved after each change. */
export class State {
  readonly databases = new Map<string, EmulatedDatabase>();
  readonly groups = new Map<string, EmulatedGroup>();
  readonly #path: string;

  constructor(directory: string) {
    this.#path = join(directory, 'state.json');
    this.#load();
  }

  save(): void {
    const plain = (_: string, value: unknown) =>
      value instanceof SigningKey ? { pem: value.privatePem } : value;
    const content = { databases: [...this.databases.values()], groups: [...this.groups.values()] };
    writeFileSync(`${this.#path}.tmp`, JSON.stringify(content, plain), { mode: 0o600 });
    renameSync(`${this.#path}.tmp`, this.#path);
  }

  #load(): void {
    let text: string;
    try {
      text = readFileSync(this.#path, 'utf8');
    } catch {
      return;
    }
    const revive = (key: string, value: { pem: string }) =>
      key === 'key' ? new SigningKey(value.pem) : value;
    const { databases, groups } = JSON.parse(text, revive as never);
    for (const database of databases) this.databases.set(database.name, database);
    for (const group of groups) this.groups.set(group.name, group);
  }
}
