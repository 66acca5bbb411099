import fc from "fast-check";

/** Random tests draw the same cases in every run, so that a change fails by its own fault; `SEED=$RANDOM` draws others. */
fc.configureGlobal({ seed: Number(process.env.SEED ?? 1) });
