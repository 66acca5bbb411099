/** Rows of a page, and where the next one starts: null at the end. */
export interface Page<Row> {
  rows: Row[];
  nextCursor: string | null;
  hasMore: boolean;
}
