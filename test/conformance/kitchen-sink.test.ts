import { conformance } from "./conformance.ts";

conformance("kitchen-sink");
