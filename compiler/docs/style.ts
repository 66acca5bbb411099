/** The page's style: system letters, one accent, light or dark as the reader's system is, and paper. */
export const style = `
:root {
  color-scheme: light dark;
  --paper: #ffffff; --ground: #f6f7f9; --ink: #1b2130; --soft: #596275; --line: #dfe3ea; --code: #f1f3f7;
  --accent: #2455c3; --query: #0b6b53; --mutation: #9a4a06; --wire: #7c879c;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "DejaVu Sans", sans-serif;
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", "DejaVu Sans Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #171b24; --ground: #10131a; --ink: #e6e9f0; --soft: #a0a9bb; --line: #2b3241; --code: #202634;
    --accent: #8db0ff; --query: #5fd0ae; --mutation: #f0a765; --wire: #77829a;
  }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 16px; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.55 var(--sans); display: grid; grid-template-columns: 248px minmax(0, 1fr); }
a { color: var(--accent); text-decoration: none; }
a:hover { text-decoration: underline; }
code, pre { font-family: var(--mono); font-size: 0.87em; }
code, p, li, td, h1, h3 { overflow-wrap: anywhere; }
nav { position: sticky; top: 0; height: 100vh; overflow-y: auto; padding: 24px 20px; border-right: 1px solid var(--line); background: var(--paper); font-size: 13.5px; }
nav summary { font-weight: 650; font-size: 15px; list-style: none; overflow-wrap: anywhere; }
nav summary::-webkit-details-marker { display: none; }
nav input { width: 100%; margin: 14px 0 0; padding: 6px 10px; font: inherit; color: inherit; background: var(--ground); border: 1px solid var(--line); border-radius: 7px; }
nav h2 { margin: 20px 0 4px; font-size: 11.5px; letter-spacing: 0.06em; text-transform: uppercase; }
nav h2 a { color: var(--soft); }
nav ul { margin: 0; padding: 0; list-style: none; }
nav li a { display: block; padding: 2px 0; color: var(--ink); overflow-wrap: anywhere; }
main { padding: 40px clamp(16px, 3vw, 48px) 96px; max-width: 1240px; width: 100%; justify-self: center; }
h1 { margin: 0; font-size: 34px; line-height: 1.2; letter-spacing: -0.015em; }
.lead { margin: 8px 0 0; font-size: 17px; color: var(--soft); max-width: 44em; overflow-wrap: anywhere; }
.counts { display: flex; flex-wrap: wrap; gap: 4px 20px; margin: 14px 0 0; color: var(--soft); }
.counts b { color: var(--ink); font-weight: 650; }
section > h2 { margin: 52px 0 16px; font-size: 22px; letter-spacing: -0.01em; }
.card { background: var(--paper); border: 1px solid var(--line); border-radius: 12px; padding: 20px 24px; margin: 0 0 16px; }
.card > p { margin: 6px 0; max-width: 52em; }
.card h3 { margin: 0; font: 600 17px/1.4 var(--mono); }
.card h3 a { color: inherit; }
.card h4 { margin: 18px 0 4px; font-size: 12px; letter-spacing: 0.05em; text-transform: uppercase; color: var(--soft); }
.card ul { margin: 0; padding: 0; list-style: none; }
.card li { padding: 2px 0; }
.card [hidden], [hidden] { display: none !important; }
.badge { display: inline-block; margin-right: 4px; padding: 1px 8px; border-radius: 99px; border: 1px solid currentColor; font: 600 11px/1.6 var(--sans); vertical-align: 2px; }
.query { color: var(--query); } .mutation { color: var(--mutation); }
.route { color: var(--soft); }
.fields { width: 100%; margin: 14px 0 0; border-collapse: collapse; table-layout: fixed; font-size: 14px; }
.fields th { padding: 0 12px 5px 0; text-align: left; font-size: 12px; font-weight: 600; color: var(--soft); }
.fields td { padding: 6px 12px 6px 0; border-top: 1px solid var(--line); vertical-align: top; }
.fields th:nth-child(1) { width: 26%; } .fields th:nth-child(2) { width: 26%; }
.fields td code { white-space: pre-wrap; }
.fields td:nth-child(3) { color: var(--soft); }
.key { font-weight: 700; }
.description { display: block; color: var(--ink); }
.errors .description { display: inline; }
.errors { display: flex; flex-wrap: wrap; gap: 4px 16px; color: var(--soft); font-size: 13.5px; }
.errors code { color: var(--ink); }
.members { display: flex; flex-wrap: wrap; gap: 6px; }
.members code { padding: 1px 9px; border-radius: 6px; background: var(--code); white-space: pre-wrap; }
pre { margin: 6px 0 0; padding: 12px 14px; background: var(--code); border-radius: 8px; line-height: 1.5; white-space: pre-wrap; overflow-wrap: anywhere; }
.examples { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 380px), 1fr)); gap: 12px; margin-top: 18px; }
.examples figure { margin: 0; min-width: 0; display: flex; flex-direction: column; }
.examples pre { flex: 1; }
figcaption { font-size: 12px; font-weight: 600; color: var(--soft); }
.diagram { margin: 0; padding: 12px; background: var(--paper); border: 1px solid var(--line); border-radius: 12px; text-align: center; }
.diagram svg { display: inline-block; max-width: 100%; height: auto; vertical-align: top; }
.legend { margin: 8px 0 0; font-size: 13px; color: var(--soft); }
.narrow { display: none; }
svg text { font-family: var(--mono); font-size: 11.5px; fill: var(--ink); }
svg .name { font-size: 13px; font-weight: 700; }
svg .key { font-weight: 700; }
svg .mark { font-size: 8.5px; fill: var(--soft); }
svg .note { fill: var(--soft); text-anchor: end; }
svg .more { fill: var(--soft); font-style: italic; }
svg rect { fill: var(--paper); stroke: var(--line); stroke-width: 1.2; }
svg .head { fill: var(--code); }
svg a:hover rect { stroke: var(--accent); }
svg a:hover { text-decoration: none; }
.line path, .line circle { fill: none; stroke: var(--wire); stroke-width: 1.3; }
.line circle { fill: var(--paper); }
.line:hover path, .line:hover circle { stroke: var(--accent); stroke-width: 2.4; }
:target { scroll-margin-top: 16px; border-color: var(--accent); }
@media screen and (max-width: 860px) {
  body { display: block; }
  nav { position: static; height: auto; border-right: 0; border-bottom: 1px solid var(--line); padding: 14px 16px; }
  nav summary { list-style: revert; cursor: pointer; }
  main { padding: 24px 16px 64px; }
  h1 { font-size: 28px; }
  .card { padding: 16px; border-radius: 10px; }
  .wide { display: none; }
  .narrow { display: block; padding: 10px; }
  .narrow summary { text-align: left; font-size: 13px; color: var(--soft); cursor: pointer; }
  .fields thead { display: none; }
  .fields, .fields tbody, .fields tr, .fields td { display: block; }
  .fields tr { border-top: 1px solid var(--line); padding: 7px 0; }
  .fields td { border: 0; padding: 0; }
  .fields td:nth-child(1) { float: left; margin-right: 12px; max-width: 100%; }
  .fields td:nth-child(3) { clear: both; }
}
@media print {
  :root { --paper: #fff; --ground: #fff; --ink: #000; --soft: #444; --line: #bbb; --code: #f3f3f3; --accent: #000; --query: #000; --mutation: #000; --wire: #555; }
  body { display: block; font-size: 10.5pt; }
  nav { display: none; }
  main { padding: 0; max-width: none; }
  .card, .diagram { break-inside: avoid; border-radius: 0; }
  section > h2, h4 { break-after: avoid; }
}
`;
