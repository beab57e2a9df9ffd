import type {
  HistoryResponseItem,
  ImageConfig,
  ImageDeleteResponseItem,
  ImageInspect,
  ImageInspectRootFS,
  ImageSummary as DockerSummary,
} from "@docker/node-sdk";
import * as z from "zod/mini";
import { answer, listOf, mapOf } from "./answer.ts";
import { type CallOptions, type Client, type Filters, path, QUICK_MS, WORK_MS } from "./client.ts";

/** Images by reference (`busybox`, `localhost:5000/app:1`) or id. */
export interface ImagesApi {
  list(options?: CallOptions & { all?: boolean; filters?: Filters | undefined }): Promise<ImageSummary[]>;
  /** Rejects with `not-found`. */
  inspect(image: string, options?: CallOptions): Promise<ImageDetails>;
  /** How the image was made, newest step first. */
  history(image: string, options?: CallOptions): Promise<ImageHistoryStep[]>;
  tag(image: string, target: { repository: string; tag: string }, options?: CallOptions): Promise<void>;
  /** Rejects with `conflict` while a container uses it, unless forced. */
  remove(image: string, options?: CallOptions & { force?: boolean; keepParents?: boolean }): Promise<RemovedImage[]>;
}

/** Without `SharedSize` and `Containers`, which the engine does not count unless asked. */
export interface ImageSummary extends Omit<DockerSummary, "SharedSize" | "Containers"> {
  /** `repository:tag`, none for a dangling image. */
  RepoTags: string[];
}

export interface ImageDetails extends ImageInspect {
  Id: string;
  RepoTags: string[];
  RepoDigests: string[];
  Architecture: string;
  Os: string;
  /** Bytes of all layers. */
  Size: number;
  Config: ImageDefaults;
  RootFS: ImageLayers;
}

/** What a container of the image starts with. */
export interface ImageDefaults extends Omit<ImageConfig, "Cmd" | "Entrypoint" | "Volumes" | "ExposedPorts"> {
  Env: string[];
  Cmd: string[];
  Entrypoint: string[];
  WorkingDir: string;
  User: string;
  Labels: Record<string, string>;
  /** Keys such as `80/tcp`. */
  ExposedPorts: Record<string, unknown>;
  /** Keys are paths. */
  Volumes: Record<string, unknown>;
}

export interface ImageLayers extends ImageInspectRootFS {
  /** Digest of each layer, oldest first. */
  Layers: string[];
}

export interface ImageHistoryStep extends HistoryResponseItem {
  Tags: string[];
}

export type RemovedImage = ImageDeleteResponseItem;

export function createImages(client: Client): ImagesApi {
  return {
    list: ({ all, filters, ...options } = {}) =>
      client.json({ path: "/images/json", query: { all, filters }, options, deadlineMs: QUICK_MS }, listAnswer),
    inspect: (image, options) =>
      client.json({ path: path`/images/${image}/json`, options, deadlineMs: QUICK_MS }, detailsAnswer),
    history: (image, options) =>
      client.json({ path: path`/images/${image}/history`, options, deadlineMs: QUICK_MS }, historyAnswer),
    tag: async (image, { repository, tag }, options) => {
      const query = { repo: repository, tag };
      await client.done({ method: "POST", path: path`/images/${image}/tag`, query, options, deadlineMs: QUICK_MS });
    },
    remove: (image, { force, keepParents, ...options } = {}) =>
      client.json(
        {
          method: "DELETE",
          path: path`/images/${image}`,
          query: { force, noprune: keepParents },
          options,
          deadlineMs: WORK_MS,
        },
        removedAnswer,
      ),
  };
}

const listAnswer = listOf(
  answer<ImageSummary>({
    Id: z.string(),
    ParentId: z.string(),
    // Docker Engine 20.10 says `<none>:<none>` where later ones leave it out.
    RepoTags: z.pipe(
      listOf(z.string()),
      z.transform((tags) => tags.filter((tag) => tag !== "<none>:<none>")),
    ),
    RepoDigests: listOf(z.string()),
    Created: z.number(),
    Size: z.number(),
    Labels: mapOf(z.string()),
  }),
);

const detailsAnswer = answer<ImageDetails>({
  Id: z.string(),
  RepoTags: listOf(z.string()),
  RepoDigests: listOf(z.string()),
  Architecture: z.string(),
  Os: z.string(),
  Size: z.number(),
  Config: answer<ImageDefaults>({
    Env: listOf(z.string()),
    Cmd: listOf(z.string()),
    Entrypoint: listOf(z.string()),
    WorkingDir: z._default(z.string(), ""),
    User: z._default(z.string(), ""),
    Labels: mapOf(z.string()),
    ExposedPorts: mapOf(z.unknown()),
    Volumes: mapOf(z.unknown()),
  }),
  RootFS: answer<ImageLayers>({ Type: z.string(), Layers: listOf(z.string()) }),
});

const historyAnswer = z.array(
  answer<ImageHistoryStep>({
    Id: z.string(),
    Created: z.number(),
    CreatedBy: z.string(),
    Tags: listOf(z.string()),
    Size: z.number(),
    Comment: z.string(),
  }),
);

const removedAnswer = listOf(answer<RemovedImage>({}));
