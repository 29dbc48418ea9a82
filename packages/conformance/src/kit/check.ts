/** A requirement on an implementation. */
export interface Requirement<Capability extends string = string> {
  /** Completes the sentence that starts with the subject of the id. */
  readonly behavior: string;
  /**
   * Capabilities that the requirement uses. It applies only to implementations that declare all of them; other
   * requirements verify that calls to an undeclared one are rejected.
   */
  readonly capabilities?: readonly Capability[];
}

/** A requirement and its test. */
export interface Check<Subject, Capability extends string = string> extends Requirement<Capability> {
  readonly run: (subject: Subject) => Promise<void>;
}

/** Checks by the last part of their ids. */
export type Checks<Subject, Capability extends string = string> = Readonly<
  Record<string, Check<Subject, Capability>>
>;
