const LONE_SURROGATE = /\p{Surrogate}/u;

/** Whether the database gives the text back as it is: it cuts at NUL and replaces half of a surrogate pair. */
export function isStorableText(text: string): boolean {
  return !text.includes('\0') && !LONE_SURROGATE.test(text);
}
