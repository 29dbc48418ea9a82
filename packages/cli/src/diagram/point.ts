/** Position in a picture, in pixels from its top left corner. */
export interface Point {
  readonly x: number;
  readonly y: number;
}
