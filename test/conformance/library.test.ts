import { conformance } from "./conformance.ts";

conformance("library");
