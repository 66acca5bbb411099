/** Text that is HTML already. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = Html | string | number | false | undefined | readonly Part[];

/** HTML from a template: whatever is put in is text, unless it is HTML itself; lists are joined, what is not there prints nothing. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(strings.reduce((text, string, index) => text + printed(parts[index - 1]) + string));
}

function printed(part: Part): string {
  if (part === undefined || part === false) return "";
  if (part instanceof Html) return part.text;
  return typeof part === "object" ? part.map(printed).join("") : escaped(String(part));
}

const entities: { readonly [char: string]: string } = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Of the control characters HTML allows none but tabs and line ends; the others are shown by their pictures. */
function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (char) => entities[char]!).replace(/\p{Cc}/gu, picture);
}

function picture(char: string): string {
  const code = char.charCodeAt(0);
  if (char === "\t" || char === "\n") return char;
  return code < 0x20 ? String.fromCharCode(0x2400 + code) : code === 0x7f ? "\u2421" : "\ufffd";
}
