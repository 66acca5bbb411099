import { rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "./build.ts";

rmSync(join(import.meta.dirname, "../../dist"), { recursive: true, force: true });
await build();
