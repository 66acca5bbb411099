/** A message of esbuild; columns count from 0. */
interface BundleMessage {
  readonly text: string;
  readonly location: {
    readonly file: string;
    readonly line: number;
    readonly column: number;
    readonly length: number;
    readonly lineText: string;
  } | null;
}

/** What a person has to know when the Worker could not be bundled or started: places in the code, or workerd's own words. */
export function describeFailure(event: unknown): string {
  const causes = chain(event);
  const messages = causes.flatMap((cause) => (cause as { readonly errors?: readonly BundleMessage[] }).errors ?? []);
  if (messages.length > 0) return messages.map(describeMessage).join("\n");
  const text = causes
    .map((cause) => (cause as { readonly message?: unknown }).message)
    .findLast((text) => typeof text === "string");
  return `The Worker did not start: ${uncaught(String(text ?? event))}\n`;
}

/** An event, its cause, the cause's cause. */
function chain(event: unknown): object[] {
  const causes: object[] = [];
  for (
    let at = event;
    typeof at === "object" && at !== null && causes.length < 8;
    at = (at as { cause?: unknown }).cause
  )
    causes.push(at);
  return causes;
}

function describeMessage({ text, location }: BundleMessage): string {
  if (!location) return `error: ${text}\n`;
  const { file, line, column, length, lineText } = location;
  const under = lineText.slice(0, column).replace(/[^\t]/g, " ") + "~".repeat(Math.max(1, length));
  const margin = " ".repeat(String(line).length);
  return `${file}:${line}:${column + 1} - error: ${text}\n  ${line} | ${lineText}\n  ${margin} | ${under}\n`;
}

/** workerd says what happened in a line of JSON, with names of its own before what the Worker threw. */
function uncaught(text: string): string {
  const said = /"message":("(?:[^"\\]|\\.)*")/.exec(text)?.[1];
  const message = said === undefined ? text.split("\n")[0]! : (JSON.parse(said) as string);
  return /Uncaught .+/.exec(message)?.[0] ?? message;
}
