import { describe, expect, test } from "vitest";
import { html } from "../../compiler/docs/html.ts";
import { docsPage } from "../../compiler/docs/page.ts";
import { appOf } from "./pages.ts";

test("what is put into HTML is text", () => {
  const odd = `<b title="x">&'</b>`;
  expect(html`<p>${odd}</p>`.text).toBe("<p>&lt;b title=&quot;x&quot;&gt;&amp;&#39;&lt;/b&gt;</p>");
  expect(html`${html`<i>${1}</i>`}${[html`a`, "<"]}${undefined}${false}`.text).toBe("<i>1</i>a&lt;");
  expect(html`${"\u0007\u007f\u0085\n"}`.text).toBe("\u2407\u2421\ufffd\n");
});

describe.each(["minimal", "taskboard", "library", "places", "kitchen-sink", "hostile-names", "workspace"])(
  "%s",
  (spec) => {
    const page = docsPage(appOf(`${spec}/appflare.yaml`));

    test("comes out the same every time", () => {
      expect(docsPage(appOf(`${spec}/appflare.yaml`))).toBe(page);
    });

    test("loads nothing from elsewhere", () => {
      expect(page).not.toMatch(/<(?:link|img|iframe|object|embed)\b|\bsrc=|@import|url\(/);
      expect(page.match(/<script\b/g)).toHaveLength(1);
    });
  },
);

test("an operation has all that a caller wants to know", () => {
  const page = docsPage(
    appOf(`appflare: 1
name: notes
defaults: { auth: public }
tables: { notes: { columns: { id: integer, text: { type: string, maxLength: 80 }, at: timestamp } } }
mutations:
  notes/move:
    description: Moves a note.
    rateLimit: { requests: 30, seconds: 60 }
    args: { id: integer, at: timestamp, big: bigint, data: bytes }
    returns: integer
    errors: { too_late: { status: 409, message: It is too late } }
    handler: ./handlers/notes.ts#move
`),
  );
  expect(page).toContain("POST /mutations/notes/move");
  expect(page).toContain("Moves a note.");
  expect(page).toContain("An address may call it 30 times in 60 seconds.");
  expect(page).toContain("<code>move</code> of <code>./handlers/notes.ts</code>");
  expect(page).toContain('<code>too_late</code> 409 <span class="description">It is too late</span>');
  expect(page).toContain(
    "client.mutations.notes.move({ id: 1, at: new Date(&quot;2026-01-31T12:00:00.000Z&quot;), big: 1n, data: new Uint8Array([104, 101, 108, 108, 111]) });",
  );
});

test("a manifest with nothing but a name has a page", () => {
  expect(docsPage(appOf("appflare: 1\nname: empty\n"))).toContain("<h1>empty</h1>");
});
