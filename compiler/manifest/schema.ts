import schemaOfManifest from "../../appflare.schema.json" with { type: "json" };

/** A JSON Schema, as far as messages read it. */
export interface Schema {
  readonly title?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly examples?: readonly unknown[];
  readonly pattern?: string;
  readonly description?: string;
  readonly additionalProperties?: unknown;
  readonly properties?: { readonly [key: string]: Schema };
  readonly oneOf?: readonly { readonly required: readonly [string] }[];
  readonly allOf?: readonly { readonly then: { readonly $ref: string } }[];
  readonly $defs?: { readonly [name: string]: Schema };
}

/** The shape of a manifest: what editors and the compiler check alike. */
export const schema = schemaOfManifest as unknown as Schema;
