/** What a mail is for: to verify an address, to choose a new password, to sign in by a code or a link. */
export type MailKind = "verify" | "reset" | "code" | "magicLink";

/** A mail that sign-in wants sent. */
export interface Mail {
  readonly kind: MailKind;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** where its link leads */
  readonly url?: string;
  /** its one-time code */
  readonly code?: string;
}

/** Sends a mail; `auth.mail` names it. */
export type SendMail<Env extends object> = (env: Env, mail: Mail) => unknown;

const LINKS = {
  verify: { subject: "Verify your address", line: "Open this link to verify your address:" },
  reset: { subject: "Choose a new password", line: "Open this link to choose a new password:" },
  magicLink: { subject: "Sign in", line: "Open this link to sign in:" },
} as const;

const UNASKED = "Nobody can do anything with this but you; if you did not ask for it, forget it.";

/** A mail with a link in it. */
export function linkMail(kind: keyof typeof LINKS, app: string, to: string, url: string): Mail {
  const { subject, line } = LINKS[kind];
  return { kind, to, subject: `${app}: ${subject}`, text: `${line}\n\n${url}\n\n${UNASKED}\n`, url };
}

/** A mail with a code in it. */
export function codeMail(app: string, to: string, code: string): Mail {
  const text = `Your code is ${code}\n\n${UNASKED}\n`;
  return { kind: "code", to, subject: `${app}: ${code} is your code`, text, code };
}

/** What `appflare dev` sets: mail that nobody sends is printed. Elsewhere a log is no place for what signs people in. */
const DEVELOPING = "APPFLARE_DEV";

/** Sends mail of one environment. Whoever asked is not told when it fails: that would tell whether there is such a user. */
export function mailer<Env extends object>(env: Env, send: SendMail<Env> | undefined): (mail: Mail) => Promise<void> {
  return async (mail) => {
    try {
      if (send) await send(env, mail);
      else if (DEVELOPING in env) print(mail);
      else throw new Error("`auth.mail` names no function that sends mail.");
    } catch (error) {
      // biome-ignore lint/suspicious/noConsole: a Worker's log is its console
      console.error(`A mail (${mail.kind}) was not sent:`, error);
    }
  };
}

function print({ kind, to, url, code }: Mail): void {
  // biome-ignore lint/suspicious/noConsole: this is where it is looked for
  console.log(`mail (${kind}) to ${to}: ${url ?? code}`);
}
