/** What the requirements of a quota service ask for, by group. */
export const QUOTA_SERVICE_GROUPS: Readonly<Record<string, string>> = {
  reserve: 'Reservations: within the limit, also of concurrent calls and of several processes.',
  end: 'The end of a reservation: commit, release, expiry, the end of the day.',
  usage: 'Usage: measured, checked and counted again.',
};
