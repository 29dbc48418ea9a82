/** A requirement on an implementation. */
export interface Requirement<Capability extends string = string> {
  /** Completes the sentence that starts with the subject of the id. */
  readonly behavior: string;
  /**
   * Capability that the requirement applies to. If it is not declared, other checks verify that calls to it are
   * rejected.
   */
  readonly capability?: Capability;
}

/** A requirement and its test. */
export interface Check<Subject, Capability extends string = string> extends Requirement<Capability> {
  readonly run: (subject: Subject) => Promise<void>;
}

/** Checks by the last part of their ids. */
export type Checks<Subject, Capability extends string = string> = Readonly<
  Record<string, Check<Subject, Capability>>
>;
