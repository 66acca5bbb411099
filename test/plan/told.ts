import { Refusal } from "../../runtime/server/errors.ts";

/** What a caller is told: the answer, or the code of a refusal and what stands beside it. */
export async function told(call: Promise<unknown>): Promise<object> {
  try {
    return { answer: await call };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { code, message, extras } = error;
    return { code, message, ...extras };
  }
}
