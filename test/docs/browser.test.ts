import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { docsPage } from "../../compiler/docs/page.ts";
import { hasBrowser, howToGetOne, launch } from "./browser.ts";
import { appOf, longNames, manyTables } from "./pages.ts";

/* The page as a reader has it before their eyes, in Chromium. */

if (!hasBrowser) process.stderr.write(`${howToGetOne}\n`);

const pages = {
  taskboard: appOf("taskboard/appflare.yaml"),
  library: appOf("library/appflare.yaml"),
  "kitchen-sink": appOf("kitchen-sink/appflare.yaml"),
  "hostile-names": appOf("hostile-names/appflare.yaml"),
  "long names": appOf(longNames()),
  "5 tables": appOf(manyTables(5)),
  "20 tables": appOf(manyTables(20)),
  "60 tables": appOf(manyTables(60)),
};

interface Reader {
  readonly width?: number;
  readonly colorScheme?: "light" | "dark";
  readonly javaScriptEnabled?: boolean;
}

describe.skipIf(!hasBrowser)("in a browser", { timeout: 60_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), "appflare-docs-"));
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  }, 60_000);
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await browser?.close();
  });

  const open = new Map<string, { readonly page: Page; readonly trouble: string[] }>();

  /** A page of a browser that is like this; opened once, since that takes longest. */
  async function pageLike(options: Reader) {
    const key = JSON.stringify(options);
    const known = open.get(key);
    if (known) return known;
    const { width = 1280, ...rest } = options;
    const context = await browser.newContext({ viewport: { width, height: 900 }, ...rest });
    const [page, trouble] = [await context.newPage(), [] as string[]];
    page.on("request", (request) => trouble.push(`request ${request.url()}`));
    page.on("console", (message) => trouble.push(message.text()));
    page.on("pageerror", (error) => trouble.push(String(error)));
    open.set(key, { page, trouble });
    return { page, trouble };
  }

  /** Shows HTML to a reader, and looks at it; nothing may be loaded or go wrong meanwhile. */
  async function look<T>(html: string, reader: Reader, work: (page: Page) => Promise<T>): Promise<T> {
    const { page, trouble } = await pageLike(reader);
    const path = join(folder, "docs.html");
    writeFileSync(path, html);
    trouble.length = 0;
    await page.goto(pathToFileURL(path).href);
    const result = await work(page);
    expect(trouble).toEqual([`request ${pathToFileURL(path)}`]);
    return result;
  }

  describe.each(Object.entries(pages))("%s", (_name, app) => {
    const html = docsPage(app);

    test.each([1280, 390])("nothing is wider than a screen of %i pixels", async (width) => {
      const wide = await look(html, { width }, (page) =>
        page.evaluate(() => {
          for (const details of document.querySelectorAll("details")) details.open = true;
          const right = document.documentElement.clientWidth;
          const out = [...document.querySelectorAll("body *")].filter((element) => {
            const box = element.getBoundingClientRect();
            return (
              box.width > 0 &&
              (box.right > right + 0.5 ||
                box.left < -0.5 ||
                (element.scrollWidth > element.clientWidth + 1 &&
                  element.clientWidth > 0 &&
                  getComputedStyle(element).display !== "inline" &&
                  !element.closest("svg")))
            );
          });
          return [document.documentElement.scrollWidth - right, ...out.map(({ outerHTML }) => outerHTML.slice(0, 90))];
        }),
      );
      expect(wide).toEqual([0]);
    });

    test.each([1280, 390])(
      "texts of the diagram lie in their boxes and not on one another, at %i pixels",
      async (width) => {
        const { astray, smallest } = await look(html, { width }, (page) => page.evaluate(findAstray));
        expect(astray).toEqual([]);
        expect(smallest).toBeGreaterThan(8);
      },
    );

    test("lines of the diagram run behind no box, and end at two", async () => {
      expect(await look(html, {}, (page) => page.evaluate(findLinesBehindBoxes))).toEqual([]);
    });

    test("every link leads somewhere, and no place is there twice", async () => {
      const { dangling, twice } = await look(html, {}, (page) =>
        page.evaluate(() => {
          const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
          const links = [...document.querySelectorAll("a")].map((link) => link.getAttribute("href") ?? "");
          return {
            dangling: links.filter((link) => !link.startsWith("#") || !document.getElementById(link.slice(1))),
            twice: ids.filter((id, index) => ids.indexOf(id) !== index),
          };
        }),
      );
      expect({ dangling, twice }).toEqual({ dangling: [], twice: [] });
    });
  });

  test("hostile texts are texts", async () => {
    const app = pages["hostile-names"];
    const seen = await look(docsPage(app), {}, (page) =>
      page.evaluate(() => ({
        lead: document.querySelector(".lead")?.textContent,
        scripts: document.querySelectorAll("script").length,
        members: [...document.querySelectorAll("#enum-Date .members code")].map(({ textContent }) => textContent),
        operation: document.getElementById("operation-select/from")?.querySelector("p:not([class])")?.textContent,
        check: document.getElementById("table-legacy")?.textContent,
      })),
    );
    expect(seen.lead).toBe(app.description);
    expect(seen.scripts).toBe(1);
    expect(seen.members).toEqual(app.enums.get("Date")!.members);
    expect(seen.operation).toBe(app.operations.get("select/from")!.description);
    expect(seen.check).toContain("size_positive");
  });

  test("the filter leaves what is meant", async () => {
    const { before, after } = await look(docsPage(pages.taskboard), {}, async (page) => {
      const shown = () => page.locator("article:visible h3 a").allTextContents();
      const before = await shown();
      await page.locator("#filter").fill("Tasks/L");
      return { before, after: await shown() };
    });
    expect(before.length).toBeGreaterThan(20);
    expect(after).toEqual(["tasks/list", "tasks/labelled"]);
  });

  test("without scripts it is all there but the filter", async () => {
    const visible = await look(docsPage(pages.taskboard), { javaScriptEnabled: false }, async (page) => ({
      filter: await page.locator("#filter").isVisible(),
      card: await page.locator("#operation-tasks\\/list").isVisible(),
      contents: await page.locator("nav a", { hasText: "tasks/list" }).isVisible(),
    }));
    expect(visible).toEqual({ filter: false, card: true, contents: true });
  });

  test.each(["light", "dark"] as const)("letters stand out, %s", async (colorScheme) => {
    const pairs = await look(docsPage(pages.taskboard), { colorScheme }, (page) => page.evaluate(measureContrast));
    expect(pairs.length).toBeGreaterThan(8);
    expect(pairs.filter(({ ratio }) => ratio < 4.5)).toEqual([]);
  });

  test("on paper the contents are left out and the picture is the wide one", async () => {
    const seen = await look(docsPage(pages.taskboard), { width: 700 }, async (page) => {
      await page.emulateMedia({ media: "print" });
      const shown = (selector: string) => page.locator(selector).isVisible();
      return { nav: await shown("nav"), wide: await shown(".wide"), narrow: await shown(".narrow") };
    });
    expect(seen).toEqual({ nav: false, wide: true, narrow: false });
  });
});

/** Runs in the page: texts that leave their box or lie on another, and the smallest height of a text. */
function findAstray() {
  for (const details of document.querySelectorAll("details")) details.open = true;
  const astray: string[] = [];
  let smallest = Number.POSITIVE_INFINITY;
  for (const box of document.querySelectorAll("svg .box")) {
    const rect = box.querySelector("rect")!.getBoundingClientRect();
    if (rect.width === 0) continue;
    const texts = [...box.querySelectorAll("text")].map((text) => ({
      text: text.textContent ?? "",
      mark: text.classList.contains("mark"),
      area: text.getBoundingClientRect(),
    }));
    for (const [index, { text, mark, area }] of texts.entries()) {
      if (!mark) smallest = Math.min(smallest, area.height);
      const inside =
        area.left >= rect.left && area.right <= rect.right && area.top >= rect.top && area.bottom <= rect.bottom;
      if (!inside) astray.push(`${text} leaves its box`);
      for (const other of texts.slice(index + 1)) {
        const across = Math.min(area.right, other.area.right) - Math.max(area.left, other.area.left);
        const down = Math.min(area.bottom, other.area.bottom) - Math.max(area.top, other.area.top);
        if (across > 0 && down > 3) astray.push(`${text} lies on ${other.text}`);
      }
    }
  }
  return { astray, smallest };
}

/** Runs in the page: lines of the wide diagram that are inside a box somewhere, or that do not begin and end at one. */
function findLinesBehindBoxes() {
  const svg = document.querySelector(".wide svg");
  if (!svg) return [];
  const boxes = [...svg.querySelectorAll<SVGRectElement>(".box rect")].map((rect) => rect.getBBox());
  return [...svg.querySelectorAll<SVGPathElement>(".line > path:first-of-type")].flatMap((path) => {
    const length = path.getTotalLength();
    const title = path.parentElement!.querySelector("title")!.textContent ?? "";
    const inside = (at: number, margin: number) => {
      const { x, y } = path.getPointAtLength(at);
      return boxes.some(
        (box) =>
          x > box.x - margin && x < box.x + box.width + margin && y > box.y - margin && y < box.y + box.height + margin,
      );
    };
    const wrong: string[] = [];
    for (let at = 1; at < length - 1; at += 2) if (inside(at, -1)) wrong.push(`${title} behind a box`);
    if (!inside(0, 1) || !inside(length, 1)) wrong.push(`${title} ends in the air`);
    return wrong.slice(0, 1);
  });
}

/** Runs in the page: how much letters of each kind differ from what they stand on, as WCAG 2 measures it. */
function measureContrast() {
  const luminance = (colour: string): number => {
    const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map((part) => {
      const value = Number(part) / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const ground = (element: Element | null): string => {
    const colour = element ? getComputedStyle(element).backgroundColor : "rgb(255, 255, 255)";
    return colour === "rgba(0, 0, 0, 0)" ? ground(element!.parentElement) : colour;
  };
  const kinds = [
    "h1",
    ".lead",
    "nav h2 a",
    "nav li a",
    ".query",
    ".mutation",
    ".route code",
    "td:nth-child(3)",
    "td a",
    "pre",
    ".legend",
    "h4",
    ".members code",
  ];
  return kinds.flatMap((kind) => {
    const element = document.querySelector(kind);
    if (!element) return [];
    const [a, b] = [luminance(getComputedStyle(element).color), luminance(ground(element))];
    return [{ kind, ratio: (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) }];
  });
}
