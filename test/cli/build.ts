import { build } from "../../compiler/build/build.ts";

/** Brings `dist/` up to date: the command line, and what generated code of the projects in these tests imports. */
export default build;
