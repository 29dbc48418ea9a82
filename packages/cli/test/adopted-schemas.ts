/** A database as another program creates it. */
export interface AdoptedSchema {
  readonly name: string;
  readonly ddl: readonly string[];
  readonly rows: readonly string[];
  /** Object whose fields are changed. */
  readonly object: string;
  readonly renames: string;
  readonly retypes: string;
  /** A new record, and changes of it that are rejected. */
  readonly created: Readonly<Record<string, unknown>>;
  readonly rejected: readonly (readonly [data: Readonly<Record<string, unknown>>, code: string])[];
  /** Tables that no object describes. */
  readonly unmanaged?: readonly string[];
  /** Tables of the columns and indexes that no object describes, in tables that one describes. */
  readonly additions?: readonly string[];
}

const INSTANT = '2024-05-01T09:30:00.000Z';
/** An integer that no JavaScript number is equal to. */
const LARGE_ID = '9007199254740993';

const PRISMA: AdoptedSchema = {
  name: 'Prisma',
  ddl: [
    `CREATE TABLE "User" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "email" TEXT NOT NULL,
    "fullName" TEXT,
    "role" TEXT NOT NULL DEFAULT 'USER',
    "active" BOOLEAN NOT NULL DEFAULT true,
    "balance" DECIMAL NOT NULL DEFAULT 0.0,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" DATETIME NOT NULL
)`,
    `CREATE TABLE "Post" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "title" TEXT NOT NULL,
    "views" INTEGER NOT NULL DEFAULT 0,
    "meta" JSONB,
    "authorId" TEXT NOT NULL,
    CONSTRAINT "Post_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "User" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
)`,
    'CREATE UNIQUE INDEX "User_email_key" ON "User"("email")',
    'CREATE INDEX "Post_authorId_idx" ON "Post"("authorId")',
  ],
  rows: [
    `INSERT INTO "User" VALUES ('clx1', 'ada@example.com', 'Ada', 'ADMIN', 1, 12.5, 1714555800000, 1714555800000)`,
    `INSERT INTO "User" VALUES ('clx2', 'bob@example.com', NULL, 'USER', 0, 7, 1714555800123, 1714555800123)`,
    `INSERT INTO "Post" VALUES ('p1', 'Hello', 41, '{"tags":["a"]}', 'clx1')`,
    `INSERT INTO "Post" VALUES ('p2', '007', 0, '5', 'clx2')`,
  ],
  object: 'post',
  renames: 'title',
  retypes: 'views',
  created: { title: '007', views: 3, meta: 5, author_id: 'clx1' },
  rejected: [
    [{ author_id: 'none' }, 'foreign_key_violation'],
    [{ title: null }, 'validation_failed'],
    [{ views: 'many' }, 'validation_failed'],
  ],
};

const DRIZZLE: AdoptedSchema = {
  name: 'drizzle',
  ddl: [
    `CREATE TABLE \`users\` (
	\`id\` text PRIMARY KEY NOT NULL,
	\`email\` text NOT NULL,
	\`age\` integer,
	\`plan\` text DEFAULT 'free' NOT NULL,
	\`created_at\` integer DEFAULT (unixepoch()) NOT NULL
)`,
    `CREATE TABLE \`sessions\` (
	\`id\` text PRIMARY KEY NOT NULL,
	\`user_id\` text NOT NULL,
	\`data\` text,
	\`remembered\` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (\`user_id\`) REFERENCES \`users\`(\`id\`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "age_check" CHECK("sessions"."remembered" IN (0, 1))
)`.replace('"sessions"."remembered" IN (0, 1)', '"remembered" >= 0 AND "remembered" <= 1'),
    'CREATE UNIQUE INDEX `users_email_unique` ON `users` (`email`)',
  ],
  rows: [
    `INSERT INTO users VALUES ('u1', 'ada@example.com', 36, 'pro', 1714555800)`,
    `INSERT INTO users VALUES ('u2', 'bob@example.com', NULL, 'free', 1714555801)`,
    `INSERT INTO sessions VALUES ('s1', 'u1', 'x', 1)`,
  ],
  object: 'users',
  renames: 'plan',
  retypes: 'age',
  created: { email: 'eve@example.com', age: 1.5 },
  rejected: [
    [{ email: 'ada@example.com' }, 'unique_violation'],
    [{ age: 'old' }, 'validation_failed'],
  ],
};

const RAILS: AdoptedSchema = {
  name: 'Rails',
  ddl: [
    `CREATE TABLE "accounts" ("id" varchar NOT NULL PRIMARY KEY, "name" varchar(40) NOT NULL, "seats" integer DEFAULT 1 NOT NULL, "vip" boolean DEFAULT FALSE, "settings" json, "created_at" datetime(6) NOT NULL, "updated_at" datetime(6) NOT NULL)`,
    `CREATE TABLE "projects" ("id" varchar NOT NULL PRIMARY KEY, "account_id" varchar NOT NULL, "title" varchar, "starts_on" date, "rate" decimal(10,2), "created_at" datetime(6) NOT NULL, "updated_at" datetime(6) NOT NULL, CONSTRAINT "fk_rails_b0a1"
FOREIGN KEY ("account_id")
  REFERENCES "accounts" ("id")
, CONSTRAINT chk_rails_1 CHECK (rate >= 0))`,
    'CREATE INDEX "index_projects_on_account_id" ON "projects" ("account_id")',
    'CREATE UNIQUE INDEX "index_projects_on_account_id_and_title" ON "projects" ("account_id", "title")',
    'CREATE TABLE "schema_migrations" ("version" varchar NOT NULL PRIMARY KEY)',
  ],
  rows: [
    `INSERT INTO accounts VALUES ('a1', 'Ada', 3, 1, '{"theme":"dark"}', '2024-05-01 09:30:00.123456', '2024-05-01 09:30:00.123456')`,
    `INSERT INTO projects VALUES ('p1', 'a1', 'Engine', '2024-05-01', 99.5, '2024-05-01 09:30:00.000001', '2024-05-01 09:30:00')`,
    `INSERT INTO projects VALUES ('p2', 'a1', NULL, NULL, 100, '2024-05-01 09:30:00', '2024-05-01 09:30:00')`,
  ],
  unmanaged: ['schema_migrations'],
  object: 'projects',
  renames: 'starts_on',
  retypes: 'rate',
  created: { account_id: 'a1', title: 'New', starts_on: '2025-02-28', rate: 12.25 },
  rejected: [
    [{ title: 'Engine' }, 'unique_violation'],
    [{ rate: -1 }, 'validation_failed'],
    [{ account_id: 'none' }, 'foreign_key_violation'],
  ],
};

const DJANGO: AdoptedSchema = {
  name: 'Django',
  ddl: [
    `CREATE TABLE "shop_customer" ("id" char(32) NOT NULL PRIMARY KEY, "email" varchar(254) NOT NULL UNIQUE, "is_active" bool NOT NULL, "joined" datetime NOT NULL)`,
    `CREATE TABLE "shop_order" ("id" char(32) NOT NULL PRIMARY KEY, "number" integer unsigned NOT NULL CHECK ("number" >= 0), "total" decimal NOT NULL, "extra" text NOT NULL CHECK ((JSON_VALID("extra") OR "extra" IS NULL)), "state" varchar(10) NOT NULL, "customer_id" char(32) NOT NULL REFERENCES "shop_customer" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "known_state" CHECK ("state" IN ('open', 'paid')), CONSTRAINT "one_number" UNIQUE ("customer_id", "number"))`,
    'CREATE INDEX "shop_order_customer_id_5638" ON "shop_order" ("customer_id")',
  ],
  rows: [
    `INSERT INTO shop_customer VALUES ('0f8fad5bd9cb469fa16570867728950e', 'ada@example.com', 1, '2024-05-01 09:30:00.5')`,
    `INSERT INTO shop_order VALUES ('7c9e6679742540de944be07fc1f90ae7', 1, 10.5, '{"gift": true}', 'open', '0f8fad5bd9cb469fa16570867728950e')`,
    `INSERT INTO shop_order VALUES ('7c9e6679742540de944be07fc1f90ae8', 2, 20, '[]', 'paid', '0f8fad5bd9cb469fa16570867728950e')`,
  ],
  object: 'shop_order',
  renames: 'state',
  retypes: 'number',
  created: {
    number: 3,
    total: 1,
    extra: '{}',
    state: 'open',
    customer_id: '0f8fad5bd9cb469fa16570867728950e',
  },
  rejected: [
    [{ number: -1 }, 'validation_failed'],
    [{ number: 1 }, 'unique_violation'],
    [{ state: 'lost' }, 'validation_failed'],
    [{ customer_id: 'none' }, 'foreign_key_violation'],
  ],
};

const BY_HAND: AdoptedSchema = {
  name: 'hand-written SQL',
  ddl: [
    `CREATE TABLE member (
       id TEXT PRIMARY KEY, -- no NOT NULL
       email VARCHAR(120) NOT NULL UNIQUE,
       kind TEXT NOT NULL DEFAULT 'private' CHECK (kind IN ('private', 'company')),
       code TEXT CHECK (length(code) <= 8),
       vip BOOLEAN DEFAULT 0 CHECK (vip IN (0, 1)),
       rank INT CHECK (rank BETWEEN 1 AND 10),
       sponsor TEXT REFERENCES member ON DELETE SET NULL,
       seen DATETIME DEFAULT CURRENT_TIMESTAMP
     )`,
    'CREATE TABLE note (id TEXT PRIMARY KEY NOT NULL, body CLOB, member TEXT NOT NULL, FOREIGN KEY (member) REFERENCES member (id) ON DELETE CASCADE)',
  ],
  rows: [
    `INSERT INTO member VALUES ('m1', 'ada@example.com', 'company', 'A', 1, 10, NULL, '${INSTANT}')`,
    `INSERT INTO member VALUES ('m2', 'bob@example.com', 'private', NULL, NULL, 1, 'm1', NULL)`,
    `INSERT INTO note VALUES ('n1', 'Hello', 'm1')`,
  ],
  object: 'member',
  renames: 'code',
  retypes: 'rank',
  created: { email: 'eve@example.com', kind: 'private', code: '12345678', vip: true, rank: 2, sponsor: 'm1' },
  rejected: [
    [{ email: 'ada@example.com' }, 'unique_violation'],
    [{ kind: 'other' }, 'validation_failed'],
    [{ code: '123456789' }, 'validation_failed'],
    [{ rank: 11 }, 'validation_failed'],
    [{ email: 'new@example.com', sponsor: 'none' }, 'foreign_key_violation'],
  ],
};

const PRISMA_INTEGERS: AdoptedSchema = {
  name: 'Prisma with autoincrement()',
  ddl: [
    `CREATE TABLE "User" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "email" TEXT NOT NULL
)`,
    `CREATE TABLE "Post" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "title" TEXT NOT NULL,
    "views" INTEGER NOT NULL DEFAULT 0,
    "authorId" INTEGER NOT NULL,
    CONSTRAINT "Post_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "User" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
)`,
    'CREATE UNIQUE INDEX "User_email_key" ON "User"("email")',
  ],
  rows: [
    `INSERT INTO "User" VALUES (1, 'ada@example.com'), (${LARGE_ID}, 'bob@example.com')`,
    `INSERT INTO "Post" VALUES (7, 'Hello', 41, 1), (9, '007', 0, ${LARGE_ID})`,
  ],
  object: 'post',
  renames: 'title',
  retypes: 'views',
  created: { title: '007', views: 3, author_id: LARGE_ID },
  rejected: [
    [{ author_id: '9007199254740992' }, 'foreign_key_violation'],
    [{ author_id: '01' }, 'validation_failed'],
    [{ id: '7' }, 'unique_violation'],
    [{ id: '7.0' }, 'validation_failed'],
  ],
};

const DRIZZLE_INTEGERS: AdoptedSchema = {
  name: 'drizzle with integer keys',
  ddl: [
    `CREATE TABLE \`users\` (
	\`id\` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	\`email\` text NOT NULL,
	\`plan\` text DEFAULT 'free' NOT NULL,
	\`invited_by\` integer,
	FOREIGN KEY (\`invited_by\`) REFERENCES \`users\`(\`id\`) ON UPDATE no action ON DELETE set null
)`,
    `CREATE TABLE \`sessions\` (
	\`id\` integer PRIMARY KEY NOT NULL,
	\`user_id\` integer NOT NULL,
	\`size\` integer,
	FOREIGN KEY (\`user_id\`) REFERENCES \`users\`(\`id\`) ON UPDATE no action ON DELETE cascade
)`,
    'CREATE UNIQUE INDEX `users_email_unique` ON `users` (`email`)',
    'CREATE VIRTUAL TABLE found USING fts5(email)',
  ],
  rows: [
    `INSERT INTO users VALUES (1, 'ada@example.com', 'pro', NULL), (2, 'bob@example.com', 'free', 1)`,
    'INSERT INTO sessions VALUES (5, 1, 1), (6, 2, NULL)',
    "INSERT INTO found VALUES ('ada@example.com')",
  ],
  unmanaged: ['found', 'found_config', 'found_content', 'found_data', 'found_docsize', 'found_idx'],
  object: 'sessions',
  renames: 'user_id',
  retypes: 'size',
  created: { user_id: '2', size: 1.5 },
  rejected: [
    [{ user_id: '3' }, 'foreign_key_violation'],
    [{ user_id: 'none' }, 'validation_failed'],
    [{ size: 'old' }, 'validation_failed'],
  ],
};

const RAILS_INTEGERS: AdoptedSchema = {
  name: 'Rails with integer keys',
  ddl: [
    `CREATE TABLE "accounts" ("id" integer PRIMARY KEY AUTOINCREMENT NOT NULL, "name" varchar NOT NULL, "seats" integer DEFAULT 1 NOT NULL, "created_at" datetime(6) NOT NULL, "updated_at" datetime(6) NOT NULL)`,
    `CREATE TABLE "projects" ("id" integer PRIMARY KEY AUTOINCREMENT NOT NULL, "account_id" integer NOT NULL, "parent_id" integer, "title" varchar, "rate" decimal(10,2), "created_at" datetime(6) NOT NULL, "updated_at" datetime(6) NOT NULL, CONSTRAINT "fk_rails_b0a1"
FOREIGN KEY ("account_id")
  REFERENCES "accounts" ("id")
, CONSTRAINT "fk_rails_b0a2"
FOREIGN KEY ("parent_id")
  REFERENCES "projects" ("id")
 ON DELETE CASCADE)`,
    'CREATE INDEX "index_projects_on_account_id" ON "projects" ("account_id")',
    'CREATE UNIQUE INDEX "index_projects_on_account_id_and_title" ON "projects" ("account_id", "title")',
    'CREATE TABLE "schema_migrations" ("version" varchar NOT NULL PRIMARY KEY)',
    'CREATE TABLE "ar_internal_metadata" ("key" varchar NOT NULL PRIMARY KEY, "value" varchar, "created_at" datetime(6) NOT NULL, "updated_at" datetime(6) NOT NULL)',
  ],
  rows: [
    `INSERT INTO accounts VALUES (1, 'Ada', 3, '2024-05-01 09:30:00.123456', '2024-05-01 09:30:00.123456')`,
    `INSERT INTO projects VALUES (3, 1, NULL, 'Engine', 99.5, '2024-05-01 09:30:00.000001', '2024-05-01 09:30:00')`,
    `INSERT INTO projects VALUES (4, 1, 3, NULL, 100, '2024-05-01 09:30:00', '2024-05-01 09:30:00')`,
  ],
  unmanaged: ['ar_internal_metadata', 'schema_migrations'],
  object: 'projects',
  renames: 'parent_id',
  retypes: 'rate',
  created: { account_id: '1', parent_id: '4', title: 'New', rate: 12.25 },
  rejected: [
    [{ title: 'Engine' }, 'unique_violation'],
    [{ account_id: '2' }, 'foreign_key_violation'],
    [{ parent_id: '4 ' }, 'validation_failed'],
  ],
};

const DJANGO_INTEGERS: AdoptedSchema = {
  name: 'Django with integer keys',
  ddl: [
    `CREATE TABLE "shop_customer" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "email" varchar(254) NOT NULL UNIQUE, "is_active" bool NOT NULL)`,
    `CREATE TABLE "shop_order" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "number" integer unsigned NOT NULL CHECK ("number" >= 0), "state" varchar(10) NOT NULL, "customer_id" bigint NOT NULL REFERENCES "shop_customer" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "one_number" UNIQUE ("customer_id", "number"))`,
    'CREATE INDEX "shop_order_customer_id_5638" ON "shop_order" ("customer_id")',
    'CREATE TABLE "django_migrations" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "app" varchar(255) NOT NULL, "name" varchar(255) NOT NULL, "applied" datetime NOT NULL)',
  ],
  rows: [
    `INSERT INTO shop_customer VALUES (12, 'ada@example.com', 1)`,
    `INSERT INTO shop_order VALUES (1, 1, 'open', 12), (2, 2, 'paid', 12)`,
    `INSERT INTO django_migrations VALUES (1, 'shop', '0001_initial', '2024-05-01 09:30:00.5')`,
  ],
  object: 'shop_order',
  renames: 'customer_id',
  retypes: 'state',
  created: { number: 3, state: 'open', customer_id: '12' },
  rejected: [
    [{ number: -1 }, 'validation_failed'],
    [{ number: 1 }, 'unique_violation'],
    [{ customer_id: '13' }, 'foreign_key_violation'],
  ],
};

const STRICT_TABLES: AdoptedSchema = {
  name: 'STRICT tables',
  ddl: [
    'CREATE TABLE author (author_id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT',
    `CREATE TABLE book (
       id INTEGER PRIMARY KEY,
       author INTEGER NOT NULL REFERENCES author ON DELETE CASCADE,
       title TEXT UNIQUE,
       pages INT,
       rating REAL,
       sold INTEGER DEFAULT 0 CHECK (sold IN (0, 1)),
       cover BLOB
     ) STRICT`,
    'CREATE INDEX book_by_pages ON book (pages) WHERE sold = 0',
    'CREATE TABLE anything (id TEXT PRIMARY KEY, value ANY) STRICT',
  ],
  rows: [
    `INSERT INTO author VALUES (1, 'Ada'), (2, 'Bob')`,
    `INSERT INTO book VALUES (7, 1, '007', 41, 1.5, 0, x'01'), (9, 2, NULL, NULL, NULL, 1, NULL)`,
    `INSERT INTO anything VALUES ('a', '007'), ('b', 7)`,
  ],
  unmanaged: ['anything'],
  additions: ['book', 'book'],
  object: 'book',
  renames: 'title',
  retypes: 'pages',
  created: { author: '2', title: 'New', rating: 2.5, sold: true },
  rejected: [
    [{ title: 'Other', author: '3' }, 'foreign_key_violation'],
    [{ title: '007' }, 'unique_violation'],
    [{ title: 'Other', pages: 1.5 }, 'validation_failed'],
  ],
};

/** Databases of well-known programs, with keys that are texts or integers. */
export const ADOPTED_SCHEMAS: readonly AdoptedSchema[] = [
  PRISMA,
  PRISMA_INTEGERS,
  DRIZZLE,
  DRIZZLE_INTEGERS,
  RAILS,
  RAILS_INTEGERS,
  DJANGO,
  DJANGO_INTEGERS,
  BY_HAND,
  STRICT_TABLES,
];
