import { type Case, disagreement } from "./disagreement.ts";
import { reduce } from "./reduce.ts";

/** The case in short, with both answers, where they are not the same. */
export async function said(of: Case): Promise<string | undefined> {
  if (!(await disagreement(of))) return undefined;
  const enums = JSON.stringify(of.manifest.enums);
  const shows = async (smaller: Case) =>
    // values of an enum stay its values
    JSON.stringify(smaller.manifest?.enums ?? of.manifest.enums) === enums &&
    disagreement(smaller).then(
      (found) => found !== undefined,
      () => false,
    );
  const smallest = await reduce(of, shows);
  const { call, expected, got } = (await disagreement(smallest))!;
  const lines = Object.entries(smallest.manifest).map(([name, section]) => `${name}: ${JSON.stringify(section)}`);
  return [
    ...lines,
    `rows: ${JSON.stringify(smallest.rows)}`,
    `call: ${JSON.stringify(call)}`,
    `expected: ${JSON.stringify(expected)}`,
    `got: ${JSON.stringify(got)}`,
  ].join("\n");
}
