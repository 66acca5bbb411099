#!/usr/bin/env node
import { processIo } from "./io.ts";
import { run } from "./run.ts";
import { spareCores } from "./threads.ts";

spareCores();
const io = processIo();
process.stdout.on("error", () => {
  io.err("appflare: nobody reads the output any more.\n");
  process.exit(2);
});
process.exitCode = await run(process.argv.slice(2), io);
