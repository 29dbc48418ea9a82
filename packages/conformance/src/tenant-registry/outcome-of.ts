/** The record and whether a call changed it, without the state that it replaced. */
export const outcomeOf = <Record>({ record, changed }: { record: Record; changed: boolean }) => ({
  record,
  changed,
});
