import { foreignFields } from "./callerReferences.ts";
import type { SignedIn } from "./texts.ts";

/** What other tools call who calls. */
const roots: ReadonlySet<string> = new Set(
  "user currentuser current_user auth session me viewer self principal identity jwt claims token owner".split(" "),
);

/** What stands before it there. */
const before: ReadonlySet<string> = new Set(["request", "req", "ctx", "context", "event", "locals"]);

/** `auth.uid()`, `{{user.id}}`, `@request.auth.id`, `$currentUser`, `$session.user.id` as it is written here; undefined where nothing of the caller is meant. */
export function likelyCaller(text: string, signIn: SignedIn | undefined): string | undefined {
  if (!signIn) return undefined;
  const bare = text.replace(/^[\s$@:{]+|[\s}?]+$/g, "").replaceAll("()", "");
  if (!/^\w+(\.\w+)*$/.test(bare)) return undefined;
  const words = bare.split(".");
  while (words.length > 1 && before.has(words[0]!.toLowerCase())) words.shift();
  const [root = "", ...path] = words;
  if (!roots.has(root.toLowerCase())) return undefined;
  while (path.length > 1 && roots.has(path[0]!.toLowerCase())) path.shift();
  const [last = "id", ...others] = path;
  const name = roots.has(last.toLowerCase()) ? "id" : (foreignFields.get(plain(last)) ?? last);
  return others.length === 0 && signIn.user.has(name) ? `$user.${name}` : undefined;
}

/** Whether a text can hardly be meant as one: a call, or a place to put a value in. */
export const isHardlyText = (text: string): boolean => /^(\$?\{.*\}|@\w.*|.*\(\))$/s.test(text.trim());

const plain = (name: string): string => name.toLowerCase().replaceAll("_", "");
