import type { Constant } from "../ir/type.ts";

export interface DatabaseManifest {
  readonly binding?: string;
  readonly id?: string;
  readonly previewId?: string;
  readonly query?: { readonly defaultLimit?: number; readonly maxLimit?: number; readonly maxRows?: number };
}

export interface WorkerManifest {
  readonly compatibilityDate?: string;
  readonly maxBodyBytes?: number;
  readonly wrangler?: { readonly [key: string]: Constant };
}

/** So many attempts in so many seconds. */
export interface LimitManifest {
  readonly requests: number;
  readonly seconds: number;
}

/** How often one caller may call. */
export interface RateLimitManifest extends LimitManifest {
  readonly by?: "user" | "address";
  readonly exact?: boolean;
}
