/** What SQLite does for want of an index, by the way to the rows. */
export const slow = {
  find: (path: string) => `every row of ${path} is read to find some`,
  findUntil: (path: string) => `${path} is read row by row until enough are found`,
  sortAll: (path: string) => `every row of ${path} is read and sorted in memory`,
  sortFound: (path: string) => `what is found in ${path} is sorted in memory`,
  lookUp: (path: string) => `SQLite indexes ${path} anew for every call`,
  refer: (table: string, target: string) =>
    `every row of ${table} is read to see whether it refers to one of ${target} that goes`,
} as const;
