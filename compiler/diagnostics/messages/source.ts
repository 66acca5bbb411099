/** Reading a manifest: bytes, YAML, the shape that the JSON Schema gives, and how several files become one. */
export const sourceMessages = {
  "file/missing": (path: string) => `There is no file "${path}".`,
  "file/too-large": (megabytes: number) =>
    `This file is larger than ${megabytes} MB. Keep so large a manifest in several files: "include" puts them together.`,
  "file/encoding": (found: string) => `This file is ${found}. Save it as UTF-8.`,

  "yaml/syntax": (problem: string) => problem,
  "yaml/tab": () => "A tab cannot indent YAML. Use spaces.",
  "yaml/empty": () => "This file is empty.",
  "yaml/root": (found: string) => `A manifest is a map of sections like "tables:", but this file holds ${found}.`,
  "yaml/several-documents": () =>
    "A second YAML document begins here. A manifest is one document; use `include` for several files.",
  "yaml/version": (directive: string) =>
    `"${directive}" is not supported. A manifest is YAML 1.2, and needs no directive to say so.`,
  "yaml/duplicate-key": (key: string) => `The key "${key}" is already in this map.`,
  "yaml/key": (problem: string) => `A key must be plain text, but ${problem}.`,
  "yaml/merge-key": () =>
    "Merge keys (`<<`) are not part of the language. Write the entries out, or name what is shared under `types` or `conditions`.",
  "yaml/tag": (tag: string) => `The tag "${tag}" is not part of the language.`,
  "yaml/unknown-alias": (name: string) => `There is no anchor "&${name}" before this alias.`,
  "yaml/alias-ring": (name: string) => `The alias "*${name}" stands inside of what it stands for.`,
  "yaml/too-many-aliases": (limit: number) => `Aliases are expanded more than ${limit} times here.`,
  "yaml/depth": (limit: number) => `This is nested deeper than ${limit} levels.`,
  "yaml/number": (text: string) => `The number ${text} cannot be held exactly.`,
  "yaml/character": (character: string) => `This text holds ${character}, which cannot be stored.`,

  "include/missing": (path: string) => `There is no file "${path}" to include.`,
  "include/kind": (path: string) => `"${path}" cannot be included: a manifest is a .yaml, .yml or .json file.`,
  "include/absolute": (path: string) => `"${path}" is not relative to the including file.`,
  "include/twice": (path: string) => `"${path}" is already in this list.`,
  "include/ring": (ring: string) => `These files include one another: ${ring}.`,

  "shape/unknown-key": (key: string, where: string) => `There is no key "${key}" in ${where}.`,
  "shape/not-supported": (what: string) => `${what} is not supported yet.`,
  "shape/missing-key": (key: string, where: string) => `The key "${key}" is missing in ${where}.`,
  "shape/type": (expected: string, found: string) => `Expected ${expected}, found ${found}.`,
  "shape/value": (allowed: string, found: string) => `Expected ${allowed}, found ${found}.`,
  "shape/name": (found: string, looks: string) => `"${found}" is not ${looks}.`,
  "shape/text": (found: string, looks: string) => `"${found}" is not ${looks}.`,
  "shape/range": (problem: string) => problem,
  "shape/repeated": (item: string) => `${item} is already in this list.`,
  "shape/no-kind": (noun: string, choices: string) =>
    `This ${noun} does not say what it is: it needs one of ${choices}.`,
  "shape/two-kinds": (noun: string, one: string, other: string) => `This ${noun} is "${one}" and "${other}" at once.`,
  "shape/wrong-section": (verb: string, section: string) => `"${verb}" belongs under \`${section}\`.`,
  "shape/useless-key": (key: string, kind: string) => `"${key}" has no use beside "${kind}".`,

  "manifest/declared-twice": (noun: string, name: string) => `The ${noun} "${name}" is declared twice.`,
  "manifest/section-twice": (section: string) => `The section "${section}" is already in another file.`,
  "manifest/included-name": () => "Only the first file gives the backend its name.",
} as const;
