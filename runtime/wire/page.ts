/** Rows of a page, and where the next one starts: null at the end. */
export interface Page<Row> {
  rows: Row[];
  nextCursor: string | null;
  hasMore: boolean;
}

/** A page that leads back, too: null at the start. It is sent as `cursor`. */
export interface TwoWayPage<Row> extends Page<Row> {
  previousCursor: string | null;
}

/** A page that tells how many rows there are in all. */
export interface CountedPage<Row> extends Page<Row> {
  total: number;
}
