import * as z from "zod/mini";
import { dataPath, dataValue, lookUp } from "./data-path.ts";
import { isEvent, type CheckKind } from "./kind.ts";
import { pageTimeoutMs, portActions, sayNoPage } from "./no-page.ts";
import { notYet, passed } from "./outcome.ts";
import { matchesPattern, regularExpression } from "./pattern.ts";
import type { PageAnswer } from "./world.ts";

const schema = z.strictObject({
  /** A published port, as seen from outside the containers. */
  port: z.int().check(z.gte(1), z.lte(65535)),
  path: z.optional(z.string().check(z.regex(/^\/[!-~]*$/, "a path that starts with / and has no spaces"))),
  /** Default `GET`. */
  method: z.optional(z.enum(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])),
  /** Default 200. Redirects are not followed. */
  status: z.optional(z.int().check(z.gte(100), z.lte(599))),
  /** Name of a header to a regular expression. */
  headers: z.optional(
    z.record(z.string().check(z.regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, "the name of a header")), regularExpression()),
  ),
  bodyContains: z.optional(z.string().check(z.minLength(1))),
  bodyMatches: z.optional(regularExpression()),
  /** The body is JSON and has this. */
  json: z.optional(dataPath()),
  /** Of what is at `json`. */
  equals: z.optional(dataValue),
});

type Parameters = z.infer<typeof schema>;

/** A web server answers on a published port. Readiness is no event, so it is asked again. */
export const http: CheckKind<Parameters> = {
  kind: "http",
  schema,
  problem: ({ json, equals }) =>
    equals !== undefined && json === undefined
      ? '"equals" needs "json", the path of the value in the body.'
      : undefined,
  hasNoEvent: true,
  concerns: (_, change) => isEvent(change, "container", portActions),
  async ask(wanted, { world, signal }) {
    const { port, path = "/", method = "GET" } = wanted;
    const wants = `Wanted is ${describe(wanted)}.`;
    const answer = await world.ports.request(port, { method, path, timeoutMs: pageTimeoutMs }, signal && { signal });
    if ("failed" in answer) return notYet(sayNoPage(answer, port, "web server"), wants);
    const wrong = difference(wanted, answer);
    return wrong === undefined ? passed : notYet(`${subjectOf(wanted)} answers${wrong}.`, wants);
  },
  holds: (wanted) => `There is ${describe(wanted)}.`,
};

function difference(wanted: Parameters, { status, headers, body }: PageAnswer): string | undefined {
  if (status !== (wanted.status ?? 200)) return ` with status ${status}`;
  for (const [name, pattern] of Object.entries(wanted.headers ?? {})) {
    const value = headers.get(name.toLowerCase());
    if (value === undefined) return ` without the header ${name}`;
    if (!matchesPattern(pattern, value)) return ` with the header ${name}: ${value.slice(0, 200)}`;
  }
  if (wanted.bodyContains !== undefined && !body.includes(wanted.bodyContains)) return ", but with another page";
  if (wanted.bodyMatches !== undefined && !matchesPattern(wanted.bodyMatches, body)) return ", but with another page";
  return wanted.json === undefined ? undefined : jsonDifference(wanted.json, wanted.equals, body);
}

function jsonDifference(path: string, equals: Parameters["equals"], body: string): string | undefined {
  let value: unknown;
  try {
    value = lookUp(JSON.parse(body), path);
  } catch {
    return ", but not with JSON";
  }
  if (value === undefined) return ` with JSON that has no ${path}`;
  return equals === undefined || value === equals ? undefined : ` with JSON in which ${path} has another value`;
}

function describe(wanted: Parameters): string {
  const { port, path, status = 200, method, json } = wanted;
  const also = [
    ...Object.keys(wanted.headers ?? {}).map((name) => `the header ${name} that the step asks for`),
    wanted.bodyContains === undefined && wanted.bodyMatches === undefined ? "" : "the page that the step asks for",
    json === undefined ? "" : `JSON with ${wanted.equals === undefined ? json : `the wanted value of ${json}`}`,
  ].filter((words) => words !== "");
  const request = [method === "GET" ? undefined : method, path === "/" ? undefined : path].filter(
    (words) => words !== undefined,
  );
  return `a web server on port ${port} that answers${request.length === 0 ? "" : ` to ${request.join(" ")}`} with ${[`status ${status}`, ...also].join(" and ")}`;
}

function subjectOf({ port, path = "/" }: Parameters): string {
  return path === "/" ? `The server on port ${port}` : `${path} on port ${port}`;
}
