/** Returns a new UUIDv7, which consists of the time in milliseconds and the random digits of a UUIDv4. */
export function newRecordId(): string {
  const time = Date.now().toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${crypto.randomUUID().slice(15)}`;
}
