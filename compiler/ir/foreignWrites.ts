import { byWord } from "./foreignWords.ts";

/** What a change of a value is called here that other tools know by this name. */
export const nativeChange = byWord({
  increment: "inc $inc incr add plus sum +=",
  decrement: "dec decr sub subtract minus -=",
  multiply: "mul $mul times product *=",
  expr: "sql raw expression formula literal",
});

/** What a change of links is called here. */
export const nativeLinkChange = byWord({
  add: "connect attach link push append $push $addToSet",
  remove: "disconnect detach unlink delete pull $pull",
  replace: "set sync $set",
});

/** Whether other tools say by this word what becomes of a related row. */
export const isNestingWord = (word: string): boolean => nesting.has(word);

const nesting: ReadonlySet<string> = new Set(
  "create createMany connect connectOrCreate insert upsert add set link attach".split(" "),
);
