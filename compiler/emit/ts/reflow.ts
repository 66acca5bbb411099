import { type Code, raw, scalar, sequence } from "./code.ts";
import { chain } from "./lines.ts";
import { array, call, object } from "./list.ts";
import { propertyKey } from "./string.ts";

/** Strings in double quotes, brackets, commas, colons behind a key, and anything else. */
const tokens = /"(?:[^"\\]|\\.)*"|[()[\]{},:]|[^"()[\]{},:]+/g;

/**
 * Lays out an expression that another library printed on one line: calls, arrays, objects and literals, strings in double quotes
 * (no templates, no regular expressions, no comments).
 *
 * @throws Error for unbalanced brackets
 */
export function reflow(expression: string): Code {
  const queue = (expression.match(tokens) ?? []).filter((token) => token.trim() !== "");
  let at = 0;

  /** An expression up to a comma or a closing bracket: a literal, or calls in a chain. */
  const parse = (): Code => {
    const calls: Code[] = [];
    let parts: Code[] = [];
    for (let token = queue[at]; token !== undefined && !/^[)\]},]$/.test(token); token = queue[at]) {
      at += 1;
      if (token === "(") {
        calls.push(call(sequence(parts), items(")")));
        parts = [];
      } else if (token === "[") parts.push(array(items("]")));
      else if (token === "{") parts.push(object(items("}")));
      else if (token === ":") return sequence([...parts, raw(": "), parse()]);
      else if (queue[at] === ":" && token.startsWith('"')) parts.push(raw(propertyKey(JSON.parse(token) as string)));
      else if (token.startsWith('"')) parts.push(scalar(JSON.parse(token) as string));
      else if (/^\s*z\./.test(token)) {
        calls.push(raw("z"));
        parts.push(raw(token.trim().slice(1)));
      } else parts.push(raw(token.trim()));
    }
    const [head, ...links] = parts.length > 0 ? [...calls, sequence(parts)] : calls;
    if (head === undefined) return raw("");
    return links.length === 1 && head.width === 1 ? sequence([head, ...links]) : chain(head, links);
  };

  const items = (close: string): Code[] => {
    const list: Code[] = [];
    while (queue[at] !== close) {
      if (queue[at] === undefined) throw new Error(`Unbalanced brackets: ${expression}`);
      list.push(parse());
      if (queue[at] === ",") at += 1;
    }
    at += 1;
    return list;
  };

  const code = parse();
  if (at < queue.length) throw new Error(`Unbalanced brackets: ${expression}`);
  return code;
}
