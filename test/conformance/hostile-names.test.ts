import { conformance } from "./conformance.ts";

conformance("hostile-names");
