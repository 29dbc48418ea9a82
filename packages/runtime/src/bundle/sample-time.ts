/** Time at which expressions are evaluated to validate them. Constant, so that validation is deterministic. */
export const SAMPLE_TIME = '2001-02-03T04:05:06.789Z';
