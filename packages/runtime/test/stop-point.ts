import { readSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Faults } from './fault-plane.js';

/** Where a process stands still. */
export interface StopPoint {
  /** A call, `before registry.saveDeployment` or `after …`; or `write`: before a SQL statement that writes. */
  readonly at: string;
  /** Which of those that pass it, from 1. */
  readonly occurrence: number;
}

/** Not by `process.stdin`, which would make the reading of it asynchronous. */
const [STDIN, STDOUT] = [0, 1];
const WRITES = /^\s*(?:BEGIN|COMMIT|INSERT|UPDATE|DELETE|CREATE|ALTER|DROP)\b/i;

/** Says where the process stands still, and blocks it until its standard input has a byte. */
function standStill({ at, occurrence }: StopPoint): void {
  writeSync(STDOUT, `stopped ${occurrence} ${at}\n`);
  readSync(STDIN, Buffer.alloc(1));
}

interface Libsql {
  prototype: { prepare(sql: string): unknown };
}

/** Counts what passes the stop point, and stands still there. */
export class Stopper {
  readonly #isStop: (point: StopPoint) => boolean;
  readonly #onWake: () => void;
  readonly #passed = new Map<string, number>();
  /** Statements that wrote so far. */
  writes = 0;

  constructor(isStop: (point: StopPoint) => boolean, onWake: () => void) {
    this.#isStop = isStop;
    this.#onWake = onWake;
  }

  readonly faults: Faults = {
    before: (call) => this.#pass(`before ${call}`),
    after: (call) => this.#pass(`after ${call}`),
  };

  /** Watches every statement that this process prepares from now on, given the file of the module `libsql`. */
  watch(libsql: string): void {
    const { prototype } = createRequire(import.meta.url)(libsql) as Libsql;
    const { prepare } = prototype;
    const pass = (sql: string) => {
      if (!WRITES.test(sql)) return;
      this.writes++;
      this.#pass('write');
    };
    prototype.prepare = function (sql) {
      pass(sql);
      return prepare.call(this, sql);
    };
  }

  #pass(name: string): void {
    const point = { at: name, occurrence: (this.#passed.get(name) ?? 0) + 1 };
    this.#passed.set(name, point.occurrence);
    if (!this.#isStop(point)) return;
    standStill(point);
    this.#onWake();
  }
}
