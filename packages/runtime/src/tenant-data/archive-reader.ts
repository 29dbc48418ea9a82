import { createHash } from 'node:crypto';
import type { ArchiveSource } from '@objectstack/spec/contracts';
import { ObjectStackError, PROTOCOL_VERSION } from '@objectstack/spec/shared';
import {
  ARCHIVE_VERSION,
  type TenantArchiveEnd,
  type TenantArchiveLine,
  TenantArchiveLineSchema,
  type TenantArchiveManifest,
} from '@objectstack/spec/system';
import { invalidArchive } from './invalid-archive.js';
import { readLines } from './read-lines.js';

type Kind = TenantArchiveLine['kind'];
type LineOf<K extends Kind> = Extract<TenantArchiveLine, { kind: K }>;

/** Order of the kinds of lines. */
const POSITIONS: Readonly<Record<Kind, number>> = { manifest: 0, bundle: 1, record: 2, counter: 3, end: 4 };

function parseJson(line: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(line));
  } catch {
    return undefined;
  }
}

const isNewer = (version: string, known: string) =>
  /^\d{1,9}$/.test(version) && Number(version) > Number(known);

/** A newer archive may have lines of other kinds, so its version is checked first. */
function assertVersions(value: unknown): void {
  const { kind, archiveVersion, protocolVersion } = Object(value) as Record<string, unknown>;
  if (kind !== 'manifest') return;
  const found = [
    [archiveVersion, ARCHIVE_VERSION],
    [protocolVersion, PROTOCOL_VERSION],
  ] as const;
  for (const [version, known] of found) {
    if (typeof version !== 'string' || !isNewer(version, known)) continue;
    throw new ObjectStackError({
      code: 'unsupported_protocol_version',
      message: `The archive has the version ${version}, and this release supports ${known}. Update @objectstack/runtime.`,
      details: { foundVersion: Number(version), latestVersion: Number(known) },
    });
  }
}

/** Reads an archive once, from the first line to the last, and verifies its order and its checksum. */
export class ArchiveReader {
  readonly #lines: AsyncGenerator<Buffer>;
  readonly #hash = createHash('sha256');
  #position = -1;
  #ahead: { readonly line: TenantArchiveLine; readonly bytes: Buffer } | null = null;
  /** Number of the line that was returned last, starting at 1. */
  line = 0;

  constructor(source: ArchiveSource) {
    this.#lines = readLines(source);
  }

  /** The first line. */
  async manifest(): Promise<TenantArchiveManifest> {
    const found = await this.#take('manifest');
    if (!found) throw invalidArchive('The archive does not begin with a manifest.', 1);
    if (found.line.archiveVersion !== ARCHIVE_VERSION)
      throw invalidArchive('The archive has an unknown version.', 1);
    return found.line;
  }

  /** The bundle, or null if the manifest says that there is none. */
  async bundle({ bundleChecksum }: TenantArchiveManifest): Promise<Record<string, unknown> | null> {
    const found = await this.#take('bundle');
    if (!found && bundleChecksum === null) return null;
    if (!found || bundleChecksum === null)
      throw invalidArchive('The manifest and the bundle contradict each other.', 2);
    const checksum = createHash('sha256').update(found.bytes.subarray(0, -1)).digest('hex');
    if (checksum !== bundleChecksum)
      throw invalidArchive('The bundle does not match its checksum in the manifest.', 2);
    return found.line.bundle;
  }

  /** The following lines of one kind. */
  async *all<K extends 'record' | 'counter'>(kind: K): AsyncGenerator<LineOf<K>> {
    for (let found = await this.#take(kind); found; found = await this.#take(kind)) yield found.line;
  }

  /** The last line, whose checksum has been verified. */
  async end(): Promise<TenantArchiveEnd> {
    const before = this.#hash.copy();
    const found = await this.#take('end');
    if (!found) throw invalidArchive('The archive is incomplete: its last line is missing.');
    if (before.digest('hex') !== found.line.checksum)
      throw invalidArchive('The archive does not match its checksum.', this.line);
    if (!(await this.#lines.next()).done) throw invalidArchive('The archive continues after its last line.');
    return found.line;
  }

  /** Releases the source. */
  async close(): Promise<void> {
    await this.#lines.return(undefined);
  }

  /** The next line if it has this kind; any other is read ahead, and hashed when it is taken. */
  async #take<K extends Kind>(kind: K): Promise<{ line: LineOf<K>; bytes: Buffer } | null> {
    this.#ahead ??= await this.#read();
    if (this.#ahead?.line.kind !== kind) return null;
    const found = this.#ahead;
    this.#ahead = null;
    this.line++;
    this.#hash.update(found.bytes);
    return found as { line: LineOf<K>; bytes: Buffer };
  }

  async #read() {
    const { value: bytes, done } = await this.#lines.next();
    if (done) return null;
    const number = this.line + 1;
    const value = parseJson(bytes);
    if (number === 1) assertVersions(value);
    const parsed = TenantArchiveLineSchema.safeParse(value);
    if (!parsed.success) throw invalidArchive('A line of the archive is malformed.', number);
    const position = POSITIONS[parsed.data.kind];
    if (position < this.#position || (position === this.#position && position < POSITIONS.record))
      throw invalidArchive('A line of the archive is out of order.', number);
    this.#position = position;
    return { line: parsed.data, bytes };
  }
}
