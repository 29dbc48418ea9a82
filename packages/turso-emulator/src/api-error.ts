/** An answer of the Platform API other than 200. */
export class ApiError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export const databaseNotFound = (name: string) =>
  new ApiError(404, `could not find database with name ${name}: record not found`);
export const groupNotFound = (status: 400 | 404 = 404) => new ApiError(status, 'group not found');
