import { conformance } from "./conformance.ts";

conformance("workspace");
