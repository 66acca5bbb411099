/**
 * Puts a database before a bundled Worker that asks the real one only once for each text with its parameters, and then
 * gives the same answer again, parsed anew as D1 does it; an insert's parameters hold the time, so its text alone counts. So the Worker's own work is what is left to measure.
 *
 * @param script an ES module whose default export is a Worker
 * @returns an ES module that does the same with answers replayed
 */
export function replaying(script: string): string {
  const marker = /export\s*\{([^}]*?)([\w$]+) as default([^}]*)\};?\s*$/;
  if (!marker.test(script)) throw new Error("The bundle has no default export to stand before.");
  return `${script.replace(marker, (_all, _before, name) => `const replayedWorker = ${name};`)}
const answers = new Map();
const replay = async (key, ask) => {
  let text = answers.get(key);
  if (text === undefined) answers.set(key, (text = JSON.stringify(await ask())));
  return JSON.parse(text);
};
const statement = (real, key, bound) => ({
  real: bound ?? real, key,
  bind: (...values) => statement(real, key.startsWith("INSERT") || key.startsWith("insert") ? key : key + JSON.stringify(values), real.bind(...values)),
  all: () => replay("all" + key, () => (bound ?? real).all()),
  raw: (options) => replay("raw" + key, () => (bound ?? real).raw(options)),
  run: () => replay("run" + key, () => (bound ?? real).run()),
  first: () => replay("first" + key, () => (bound ?? real).first()),
});
let env;
const replayedDatabase = (real) => ({
  prepare: (sql) => statement(real.prepare(sql), sql),
  batch: (statements) => replay("batch" + statements.map(({ key }) => key).join(), () => real.batch(statements.map(({ real }) => real))),
});
export default { fetch: (request, bindings, context) => replayedWorker.fetch(request, (env ??= { ...bindings, DB: replayedDatabase(bindings.DB) }), context) };
`;
}
