import type { Place } from "../manifest/place.ts";

/** Seconds over which the platform counts; over any others it is done exactly. */
export const PLATFORM_PERIODS: readonly number[] = [10, 60];

/** How often one caller may call the operations that count towards it. */
export interface RateLimit {
  /** an operation's own is called as its path: `queries/tasks/list` */
  readonly name: string;
  readonly requests: number;
  readonly seconds: number;
  /** whom it counts: who is signed in (by address where nobody is), or an address */
  readonly by: "user" | "address";
  /** counted in one place of the world; absent: by the platform, roughly, and in each of its places apart */
  readonly exact?: true;
  readonly place: Place;
}
