import type { Place } from "../manifest/place.ts";
import type { AuthSettings } from "./auth.ts";
import type { Operation } from "./operation.ts";
import type { RateLimit } from "./rateLimit.ts";
import type { Setting } from "./setting.ts";
import type { Table } from "./table.ts";
import type { Constant, Enum, Value } from "./type.ts";

export interface DatabaseSettings {
  /** the Worker's binding, `DB` unless set */
  readonly binding: string;
  readonly id?: Setting;
  /** another database, to try migrations on */
  readonly previewId?: Setting;
  /** rows of a list without `limit`: 100 unless set */
  readonly defaultLimit: number;
  /** 1000 unless set */
  readonly maxLimit: number;
  /** rows of an answer, limits multiplied along the way of nested rows: 1,000,000 unless set */
  readonly maxRows: number;
}

export interface WorkerSettings {
  /** `YYYY-MM-DD` */
  readonly compatibilityDate: string;
  /** bytes of a request's body: 1,048,576 unless set */
  readonly maxBodyBytes: number;
  /** merged into the generated wrangler.jsonc */
  readonly wrangler: { readonly [key: string]: Constant };
}

/** Where the sections of settings stand; the beginning of the manifest for those that are left out. */
export interface SettingPlaces {
  readonly name: Place;
  readonly database: Place;
  readonly worker: Place;
  readonly cors: Place;
}

/** The whole backend: complete, linked and frozen. Emitters and planners see nothing else. */
export interface App {
  readonly name: string;
  readonly description?: string;
  readonly database: DatabaseSettings;
  readonly worker: WorkerSettings;
  /** exact origins, `*` alone for any; none: closed */
  readonly cors: { readonly origins: readonly Setting[] };
  /** how people sign in; absent: nobody does, and there is no `$user` */
  readonly auth?: AuthSettings;
  /** `limits`, in manifest order; operations have others of their own */
  readonly rateLimits: ReadonlyMap<string, RateLimit>;
  /** in manifest order */
  readonly enums: ReadonlyMap<string, Enum>;
  /** types with a name, in manifest order; what uses one holds it already */
  readonly types: ReadonlyMap<string, Value>;
  /** in manifest order, junction tables last */
  readonly tables: ReadonlyMap<string, Table>;
  /** queries, then mutations, in manifest order */
  readonly operations: ReadonlyMap<string, Operation>;
  readonly places: SettingPlaces;
}
