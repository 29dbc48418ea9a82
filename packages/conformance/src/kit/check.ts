/** What an implementation must do. */
export interface Requirement<Capability extends string = string> {
  /** Completes the sentence that begins with what the id names. */
  readonly behavior: string;
  /** Where the implementation denies this, the rest of the suite sees to it that it refuses. */
  readonly capability?: Capability;
}

/** A requirement and its proof. */
export interface Check<Subject, Capability extends string = string> extends Requirement<Capability> {
  readonly run: (subject: Subject) => Promise<void>;
}

/** Checks by the last part of their id. */
export type Checks<Subject, Capability extends string = string> = Readonly<
  Record<string, Check<Subject, Capability>>
>;
