import { text } from "../validators/text.ts";

/*
 * The entry `appflare/auth/unused`: what a bundle has in the place of parts of better-auth that are never called here, by the `alias` of the
 * generated `wrangler.jsonc`. They are a seventh of a Worker; where nobody says the alias, all works with them, too.
 */

/** Of `@better-auth/core/social-providers`, where an app has none. */
export const socialProviders: { readonly [name: string]: never } = {};

/** The schema of a provider's name. No endpoint that is served asks for one. */
export const SocialProviderListEnum = text({});

/** Of `@better-auth/telemetry`, which is off. */
export async function createTelemetry(): Promise<{ readonly publish: () => Promise<void> }> {
  return { publish: async () => {} };
}

/** Of `@better-auth/memory-adapter`, which stands in where there is no database. */
export const memoryAdapter = undefined;
