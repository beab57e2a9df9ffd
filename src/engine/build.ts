import type { JSONMessage } from "@docker/node-sdk";
import { answer, validate } from "./answer.ts";
import { type CallOptions, type Client, WORK_MS } from "./client.ts";
import type { HttpRequest } from "./http/request.ts";
import { readJsonLines } from "./json-lines.ts";

export interface BuildApi {
  /**
   * Builds an image with the classic builder, from a tar stream of the build context. Gives the builder's messages as they come; a build that
   * fails is a result: its last message has `errorDetail`. Has no deadline of its own once it has begun.
   */
  image(
    context: NonNullable<HttpRequest["body"]>,
    options?: BuildOptions,
  ): Promise<AsyncGenerator<BuildMessage, void, undefined>>;
}

export interface BuildOptions extends CallOptions {
  /** `repository:tag`. */
  tag?: string | undefined;
  /** Path in the context. Default `Dockerfile`. */
  dockerfile?: string | undefined;
  buildArguments?: Readonly<Record<string, string>> | undefined;
  labels?: Readonly<Record<string, string>> | undefined;
  noCache?: boolean | undefined;
  target?: string | undefined;
}

/** `stream` is the builder's text, `aux` the new image's id, `errorDetail` why it failed. */
export type BuildMessage = JSONMessage;

export function createBuild(client: Client): BuildApi {
  return {
    async image(context, { tag, dockerfile, buildArguments, labels, noCache, target, ...options } = {}) {
      const { body } = await client.open({
        method: "POST",
        path: "/build",
        query: {
          t: tag,
          dockerfile,
          buildargs: buildArguments && JSON.stringify(buildArguments),
          labels: labels && JSON.stringify(labels),
          nocache: noCache,
          target,
        },
        headers: { "Content-Type": "application/x-tar" },
        body: context,
        options,
        deadlineMs: WORK_MS,
      });
      return readMessages(body);
    },
  };
}

async function* readMessages(body: ReadableStream<Uint8Array>) {
  for await (const value of readJsonLines(body)) yield validate(messageAnswer, value, "POST /build");
}

const messageAnswer = answer<BuildMessage>({});
