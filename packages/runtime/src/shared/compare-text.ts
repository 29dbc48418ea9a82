/** Orders texts by their UTF-16 code units, independently of any locale. */
export const compareText = (one: string, other: string): number => (one < other ? -1 : Number(one > other));
