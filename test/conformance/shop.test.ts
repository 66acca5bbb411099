import { conformance } from "./conformance.ts";

conformance("shop");
