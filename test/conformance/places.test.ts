import { conformance } from "./conformance.ts";

conformance("places");
