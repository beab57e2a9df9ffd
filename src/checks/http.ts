import * as z from "zod/mini";
import type { CheckKind } from "./kind.ts";
import { notYet, passed } from "./outcome.ts";

const schema = z.strictObject({
  /** A published port, as seen from outside the containers. */
  port: z.int().check(z.gte(1), z.lte(65535)),
  path: z.optional(z.string().check(z.regex(/^\//))),
  /** Default 200. */
  status: z.optional(z.int().check(z.gte(100), z.lte(599))),
  bodyContains: z.optional(z.string().check(z.minLength(1))),
});

type Parameters = z.infer<typeof schema>;

/** A web server answers on a published port. Readiness is no event, so it is asked again. */
export const http: CheckKind<Parameters> = {
  kind: "http",
  schema,
  hasNoEvent: true,
  concerns: (_, change) =>
    change.source === "engine" && change.event.Type === "container" && lifeActions.has(change.event.Action ?? ""),
  async ask({ port, path = "/", status = 200, bodyContains }, { world, signal }) {
    const where = `port ${port}${path === "/" ? "" : `, path ${path}`}`;
    const wants = `Wanted is a web server on ${where} that answers with status ${status}${
      bodyContains === undefined ? "" : " and the page that the step asks for"
    }.`;
    let answer;
    try {
      answer = await world.ports.get(port, path, signal === undefined ? {} : { signal });
    } catch (error) {
      if (signal?.aborted === true) throw error;
      const refused = error instanceof Error && "code" in error && error.code === "port-closed";
      return notYet(
        refused ? `Nothing answers on port ${port}.` : `Port ${port} is open, but gives no web page.`,
        wants,
      );
    }
    if (answer.status !== status) return notYet(`The server on ${where} answers with status ${answer.status}.`, wants);
    if (bodyContains !== undefined && !answer.body.includes(bodyContains)) {
      return notYet(`The server on ${where} answers, but with another page.`, wants);
    }
    return passed;
  },
};

const lifeActions = new Set("start die stop kill pause unpause restart destroy".split(" "));
