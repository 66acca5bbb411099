import { conformance } from "./conformance.ts";

conformance("minimal");
