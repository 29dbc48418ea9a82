import { randomUUID } from 'node:crypto';
import { TENANT_REGION_LOCATIONS } from '@objectstack/spec/shared';
import { configurationAnswer, databaseAnswer, groupAnswer } from './answers.js';
import { ApiError, groupNotFound } from './api-error.js';
import type { Databases } from './databases.js';
import { INSTANT } from './instant.js';
import { parseExpiration } from './parse-expiration.js';
import { REQUESTS, readRequest } from './requests.js';
import { SigningKey } from './signing-key.js';
import type { EmulatedGroup, State } from './state.js';

const LOCATIONS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    Object.entries(TENANT_REGION_LOCATIONS).map(([region, code]) => [code, `AWS ${region}`]),
  ),
  'aws-us-east-2': 'AWS us-east (Ohio)',
};

export interface Call {
  readonly organization: string;
  readonly name: string;
  readonly other: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
}

export interface Service {
  readonly databases: Databases;
  readonly state: State;
  readonly pageSize: number;
  hostnameOf(databaseName: string): string;
}

export interface Route {
  readonly method: string;
  /** Segments below `/v1`: `{org}` is the organization, `{name}` and `{other}` are names. */
  readonly path: string;
  /** Scope that a token of a group needs. */
  readonly scope: string;
  /** The body of the answer; empty if undefined. */
  run(service: Service, call: Call): unknown;
}

const DATABASES = 'organizations/{org}/databases';
const GROUPS = 'organizations/{org}/groups';

function groupOf({ state }: Service, name: string): EmulatedGroup {
  const group = state.groups.get(name);
  if (!group) throw groupNotFound();
  return group;
}

function answerOf(service: Service, name: string) {
  const database = service.databases.find(name);
  return databaseAnswer(database, service.state.groups.get(database.group), service.hostnameOf(name));
}

/** A token of a database, or of all databases of a group. */
function mint(key: SigningKey, query: URLSearchParams, id?: string): { jwt: string } {
  const seconds = parseExpiration(query.get('expiration') ?? 'never');
  const authorization = query.get('authorization') ?? 'full-access';
  if (!['full-access', 'read-only'].includes(authorization)) throw new ApiError(400, 'Invalid authorization');
  const iat = Math.floor(Date.now() / 1_000);
  const a = authorization === 'read-only' ? 'ro' : 'rw';
  const claims = { ...(id !== undefined && { id }), a, iat, jti: randomUUID() } as const;
  return { jwt: key.sign(seconds === null ? claims : { ...claims, exp: iat + seconds }) };
}

function assertInstant(query: URLSearchParams, parameter: 'from' | 'to'): void {
  const text = query.get(parameter);
  if (text === null || INSTANT.test(text)) return;
  throw new ApiError(400, `invalid ${parameter} parameter: parsing time "${text}"`);
}

function listDatabases(service: Service, { query }: Call) {
  const names = [...service.state.databases.values()]
    .filter(({ group }) => group === (query.get('group') ?? group))
    .filter(({ parent }) => !query.has('parent') || parent?.id === query.get('parent'))
    .map(({ name }) => name)
    .sort();
  const cursor = query.get('cursor');
  const rest =
    cursor === null ? names : names.filter((name) => name > Buffer.from(cursor, 'base64url').toString());
  const page = rest.slice(0, Math.min(Number(query.get('limit')) || service.pageSize, service.pageSize));
  const next = page.length < rest.length ? Buffer.from(page.at(-1) ?? '').toString('base64url') : null;
  return { databases: page.map((name) => answerOf(service, name)), pagination: { next } };
}

const DATABASE_ROUTES: readonly Route[] = [
  { method: 'GET', path: DATABASES, scope: 'read', run: listDatabases },
  {
    method: 'POST',
    path: DATABASES,
    scope: 'db:create',
    async run(service, { body }) {
      const { name } = await service.databases.create(readRequest(body, REQUESTS.database));
      const { Name, DbId, Hostname } = answerOf(service, name);
      return { database: { DbId, Hostname, Name } };
    },
  },
  {
    method: 'GET',
    path: `${DATABASES}/{name}`,
    scope: 'read',
    run: (service, { name }) => ({ database: answerOf(service, name) }),
  },
  {
    method: 'DELETE',
    path: `${DATABASES}/{name}`,
    scope: 'db:delete',
    async run({ databases }, { name }) {
      await databases.delete(name);
      return { database: name };
    },
  },
  {
    method: 'GET',
    path: `${DATABASES}/{name}/configuration`,
    scope: 'read',
    run: ({ databases }, { name }) => configurationAnswer(databases.find(name)),
  },
  {
    method: 'PATCH',
    path: `${DATABASES}/{name}/configuration`,
    scope: 'db:configure',
    run: async ({ databases }, { name, body }) =>
      configurationAnswer(await databases.configure(name, readRequest(body, REQUESTS.configuration))),
  },
  {
    method: 'GET',
    path: `${DATABASES}/{name}/usage`,
    scope: 'read',
    async run({ databases }, { name, query }) {
      const { dbId: uuid } = databases.find(name);
      assertInstant(query, 'from');
      assertInstant(query, 'to');
      const usage = await databases.usage(name);
      return { database: { uuid, instances: [{ uuid, usage }], total: usage } };
    },
  },
  {
    method: 'GET',
    path: `${DATABASES}/{name}/stats`,
    scope: 'read',
    run({ databases }, { name }) {
      databases.find(name);
      return { top_queries: [] };
    },
  },
  {
    method: 'GET',
    path: `${DATABASES}/{name}/instances`,
    scope: 'read',
    run(service, { name }) {
      const { DbId: uuid, Hostname: hostname, primaryRegion: region } = answerOf(service, name);
      return { instances: [{ uuid, name: region, type: 'primary', region, hostname }] };
    },
  },
  {
    method: 'POST',
    path: `${DATABASES}/{name}/auth/tokens`,
    scope: 'db:mint-token',
    run: ({ databases }, { name, query }) => mint(databases.find(name).key, query, name),
  },
  {
    method: 'POST',
    path: `${DATABASES}/{name}/auth/rotate`,
    scope: 'db:rotate-creds',
    run: ({ databases }, { name }) => databases.rotate(name),
  },
];

const GROUP_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: GROUPS,
    scope: 'read',
    run: ({ state }) => ({ groups: [...state.groups.values()].map(groupAnswer) }),
  },
  {
    method: 'POST',
    path: GROUPS,
    scope: 'organization',
    run({ state }, { body }) {
      const { name, location } = readRequest(body, REQUESTS.group);
      if (state.groups.has(name)) throw new ApiError(409, 'group already exists');
      if (!Object.hasOwn(LOCATIONS, location)) throw new ApiError(422, 'location not found');
      const group = {
        name,
        location,
        uuid: randomUUID(),
        key: new SigningKey(),
        deleteProtection: false,
        archived: false,
      };
      state.groups.set(name, group);
      state.save();
      return { group: groupAnswer(group) };
    },
  },
  {
    method: 'GET',
    path: `${GROUPS}/{name}`,
    scope: 'read',
    run: (service, { name }) => ({ group: groupAnswer(groupOf(service, name)) }),
  },
  {
    method: 'DELETE',
    path: `${GROUPS}/{name}`,
    scope: 'organization',
    async run(service, { name }) {
      const group = groupOf(service, name);
      if (group.deleteProtection) throw new ApiError(400, `group ${name} has delete protection enabled`);
      const own = [...service.state.databases.values()].filter((database) => database.group === name);
      for (const database of own) await service.databases.delete(database.name);
      service.state.groups.delete(name);
      service.state.save();
      return { group: groupAnswer(group) };
    },
  },
  {
    method: 'GET',
    path: `${GROUPS}/{name}/configuration`,
    scope: 'read',
    run: (service, { name }) => ({ delete_protection: groupOf(service, name).deleteProtection }),
  },
  {
    method: 'PATCH',
    path: `${GROUPS}/{name}/configuration`,
    scope: 'group:configure',
    run(service, { name, body }) {
      const group = groupOf(service, name);
      const { delete_protection = group.deleteProtection } = readRequest(body, REQUESTS.groupConfiguration);
      group.deleteProtection = delete_protection;
      service.state.save();
      return { delete_protection };
    },
  },
  {
    method: 'POST',
    path: `${GROUPS}/{name}/auth/tokens`,
    scope: 'group:mint-token',
    run: (service, { name, query }) => mint(groupOf(service, name).key, query),
  },
  {
    method: 'POST',
    path: `${GROUPS}/{name}/auth/rotate`,
    scope: 'group:rotate-creds',
    async run(service, { name }) {
      groupOf(service, name).key = new SigningKey();
      const own = [...service.state.databases.values()].filter(({ group }) => group === name);
      for (const database of own) await service.databases.rotate(database.name);
      service.state.save();
    },
  },
  {
    method: 'POST',
    path: `${GROUPS}/{name}/unarchive`,
    scope: 'group:configure',
    run(service, { name }) {
      const group = groupOf(service, name);
      group.archived = false;
      service.state.save();
      return { group: groupAnswer(group) };
    },
  },
];

export const ROUTES: readonly Route[] = [
  ...DATABASE_ROUTES,
  ...GROUP_ROUTES,
  { method: 'GET', path: 'locations', scope: 'read', run: () => ({ locations: LOCATIONS }) },
  { method: 'GET', path: 'auth/validate', scope: 'read', run: () => ({ exp: -1 }) },
];
