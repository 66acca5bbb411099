import { exampleCall } from "../example/call.ts";
import { curlLine } from "../example/curl.ts";
import { typescriptLine } from "../example/typescript.ts";
import { type Each, listPath } from "../ir/items.ts";
import type { Argument, Body, Check, Operation } from "../ir/operation.ts";
import { termName } from "../ir/orders.ts";
import type { RateLimit } from "../ir/rateLimit.ts";
import { refusalsOf } from "../ir/refusals.ts";
import { resultOf } from "../ir/result.ts";
import { statementText } from "../ir/statement.ts";
import type { Table } from "../ir/table.ts";
import { constraintsText, valueText } from "../ir/valueText.ts";
import { linkTo, operationId, tableId } from "./anchors.ts";
import { type Html, html } from "./html.ts";
import { fieldNotes, typeHtml } from "./tables.ts";

/** Where the examples are sent: what `appflare dev` serves at. */
const ORIGIN = "http://127.0.0.1:8787";

/** An operation: what it takes, answers and refuses, and how it is called. */
export function operationCard(operation: Operation): Html {
  const { kind, name, description, rateLimit, body } = operation;
  const isQuery = kind === "query";
  const result = resultOf(operation);
  return html`<article class="card" id="${operationId(name)}" data-name="${name}">
<h3><span class="badge ${kind}">${kind}</span> <a href="${linkTo(operationId(name))}">${name}</a></h3>
<p class="route"><code>${isQuery ? "GET" : "POST"} /${isQuery ? "queries" : "mutations"}/${name}</code></p>
${description !== undefined && html`<p>${description}</p>`}
<p class="does">${doesHtml(body)}</p>
${rateLimit && limitHtml(rateLimit)}
${body.kind === "steps" && stepsHtml(body)}
${argumentsHtml(operation)}
<h4>Result</h4>
<pre>${result ? valueText(result, 64) : "null"}</pre>
<h4>Errors</h4>
<p class="errors">${[...refusalsOf(operation)].map(([code, status]) => {
    const declared = operation.errors.get(code);
    return html`<span class="error"><code>${code}</code> ${status}${declared && html` <span class="description">${declared.message}</span>`}</span> `;
  })}</p>
${examples(operation)}
</article>
`;
}

function limitHtml({ name, requests, seconds, by }: RateLimit): Html {
  const who = by === "user" ? "Whoever is signed in" : "An address";
  const together = name.includes("/") ? "" : html`, with all that counts towards <code>${name}</code>`;
  return html`<p>${who} may call it ${requests} ${requests === 1 ? "time" : "times"} in ${seconds} ${seconds === 1 ? "second" : "seconds"}${together}.</p>`;
}

function doesHtml(body: Body): Html {
  if (body.kind === "handler") return html`Answered by <code>${body.export}</code> of <code>${body.module}</code>.`;
  if (body.kind === "sql") return html`Runs this SQL: <code>${statementText(body.text)}</code>`;
  if (body.kind === "steps") return html`All of these steps, or none:`;
  const each = "each" in body && body.each;
  return each ? html`${eachHtml(each)}${rowsHtml(body)}` : rowsHtml(body);
}

function stepsHtml({ steps }: Extract<Body, { kind: "steps" }>): Html {
  return html`<ol class="steps">${steps.map(
    ({ name, body, each }) =>
      html`<li><code>${name}</code>: ${each && eachHtml(each)}${body.kind === "check" ? checkHtml(body) : rowsHtml(body)}</li>`,
  )}</ol>`;
}

function eachHtml(each: Each): Html {
  return each.kind === "argument"
    ? html`for each of <code>${listPath(each)}</code>: `
    : html`for each row of ${tableHtml(each.table)}: `;
}

function checkHtml({ table, is }: Check): Html {
  return html`Refuses unless ${is === "some" ? "there is such a row" : "there is no such row"} of ${tableHtml(table)}.`;
}

const tableHtml = ({ name }: Table): Html => html`<a href="${linkTo(tableId(name))}"><code>${name}</code></a>`;

function rowsHtml(body: Exclude<Body, { kind: "handler" | "sql" | "steps" }>): Html {
  const table = tableHtml("table" in body ? body.table : body.selection.table);
  switch (body.kind) {
    case "get":
      return html`One row of ${table}, or null.`;
    case "list":
      return html`Rows of ${table}${body.orderBy.length > 0 && html`, ordered by <code>${orderText(body)}</code>`}.`;
    case "page":
      return html`Rows of ${table}, page by page, ordered by <code>${orderText(body)}</code>.`;
    case "aggregate":
      return body.groupBy
        ? html`Measures over groups of ${table} by <code>${body.groupBy.map((column) => column.name).join(", ")}</code>, ordered by <code>${orderText(body)}</code>.`
        : html`Measures over the rows of ${table}.`;
    case "insert":
      return html`Adds a row to ${table}${body.nested && html`, with its ${relationsHtml(body.nested)}`}.`;
    case "upsert":
      return html`Adds a row to ${table}, or changes the one with the same ${conflictText(body)}.`;
    case "update":
      return html`Changes ${body.single ? "a row" : "rows"} of ${table}${body.links && html`, and what its ${relationsHtml(body.links)} lead to`}.`;
    case "delete":
      return html`Removes ${body.single ? "a row" : "rows"} of ${table}.`;
  }
}

function relationsHtml(written: readonly { readonly relation: { readonly name: string } }[]): Html {
  return html`<code>${[...new Set(written.map(({ relation }) => relation.name))].join(", ")}</code>`;
}

function conflictText({ conflict }: Extract<Body, { kind: "upsert" }>): Html {
  return html`<code>${conflict.columns.map(({ name }) => name).join(", ")}</code>`;
}

function orderText({ orderBy }: Extract<Body, { kind: "list" | "page" | "aggregate" }>): string {
  return orderBy.map((term) => `${term.descending ? "-" : ""}${termName(term)}`).join(", ");
}

function argumentsHtml({ args, body }: Operation): Html | false {
  const own =
    body.kind === "page"
      ? [
          html`<tr><td><code>cursor</code></td><td><code>string?</code></td><td>the last page's nextCursor${body.bothWays && " or previousCursor"}</td></tr>`,
          html`<tr><td><code>size</code></td><td><code>integer</code></td><td>1 to ${body.size.max} · default ${body.size.default}</td></tr>`,
        ]
      : [];
  if (args.size === 0 && own.length === 0) return false;
  return html`<table class="fields"><thead><tr><th>Argument</th><th>Type</th><th>Notes</th></tr></thead><tbody>
${[...args.values()].map(argumentRow)}${own}</tbody></table>`;
}

function argumentRow(argument: Argument): Html {
  const { name, type, optional, default: value, description } = argument;
  const absent = value !== undefined ? `default ${JSON.stringify(value)}` : optional ? "optional" : "required";
  return html`<tr><td><code>${name}</code></td><td>${typeHtml(argument)}</td><td>${fieldNotes([absent, ...constraintsText(type)], description)}</td></tr>
`;
}

function examples(operation: Operation): Html | false {
  const call = exampleCall(operation);
  if (!call) return false;
  return html`<div class="examples"><figure><figcaption>curl</figcaption><pre>${curlLine(call, ORIGIN)}</pre></figure>
<figure><figcaption>TypeScript</figcaption><pre>${typescriptLine(call)}</pre></figure></div>`;
}
