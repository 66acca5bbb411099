import { availableParallelism } from "node:os";
import { setFlagsFromString } from "node:v8";

/**
 * Lets V8 optimize in one thread at a time where there are few cores. Of itself it does so in as many as four, and with two cores those
 * take turns with the one that does the work: compiling a large manifest took a seventh longer.
 *
 * Only the V8 of Node 22 is told: another that does not know the option would write so to stderr.
 */
export function spareCores(): void {
  const isKnown = process.versions.v8.startsWith("12.");
  if (isKnown && availableParallelism() <= 4) setFlagsFromString("--concurrent-turbofan-max-threads=1");
}
