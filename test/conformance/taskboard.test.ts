import { conformance } from "./conformance.ts";

conformance("taskboard");
