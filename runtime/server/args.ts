/** Arguments by name. */
export interface Args {
  readonly [name: string]: unknown;
}
