/** How often one caller may call. */
export interface Limit {
  readonly requests: number;
  readonly seconds: number;
  /** `user`: by address where nobody is signed in */
  readonly by: "user" | "address";
  /** what counts: a rate limit of the platform, or the objects that count exactly */
  readonly binding: string;
  readonly exact?: true;
}

/** The limits by name: one of an operation's own is called `queries/<operation>` or `mutations/<operation>`. */
export interface Limits {
  readonly [name: string]: Limit;
}
