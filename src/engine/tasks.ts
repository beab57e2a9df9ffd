import type { Task as DockerTask, TaskState, TaskStatus as DockerStatus } from "@docker/node-sdk";
import * as z from "zod/mini";
import { answer, listOf } from "./answer.ts";
import { type CallOptions, type Client, type Filters, path, QUICK_MS } from "./client.ts";

/**
 * What a swarm runs for its services: one container each, whose states have no events. Rejects with `swarm-state` where
 * the engine is no manager of a swarm.
 */
export interface TasksApi {
  /** Also the ended ones that the swarm remembers. Filters such as `{ service: ["web"], "desired-state": ["running"] }`. */
  list(options?: CallOptions & { filters?: Filters | undefined }): Promise<Task[]>;
  /** By id. Rejects with `not-found`. */
  inspect(task: string, options?: CallOptions): Promise<Task>;
}

export interface Task extends DockerTask {
  ID: string;
  ServiceID: string;
  Status: TaskStatus;
  DesiredState: TaskState;
}

export interface TaskStatus extends DockerStatus {
  State: TaskState;
}

export function createTasks(client: Client): TasksApi {
  return {
    list: ({ filters, ...options } = {}) =>
      client.json({ path: "/tasks", query: { filters }, options, deadlineMs: QUICK_MS }, listOf(taskAnswer)),
    inspect: (task, options) => client.json({ path: path`/tasks/${task}`, options, deadlineMs: QUICK_MS }, taskAnswer),
  };
}

const stateAnswer = z.enum([
  "new",
  "allocated",
  "pending",
  "assigned",
  "accepted",
  "preparing",
  "ready",
  "starting",
  "running",
  "complete",
  "shutdown",
  "failed",
  "rejected",
  "remove",
  "orphaned",
]);

const taskAnswer = answer<Task>({
  ID: z.string(),
  // A network's attachment is a task without a service.
  ServiceID: z._default(z.string(), ""),
  Status: answer<TaskStatus>({ State: stateAnswer }),
  DesiredState: stateAnswer,
});
