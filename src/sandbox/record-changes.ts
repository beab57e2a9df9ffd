import type { Change } from "./kept-records.ts";
import { describeWorkspace } from "./describe-workspace.ts";
import type { KeptWorkspace } from "./kept-work.ts";

// Each changes all the tables that a workspace, or a machine, lies in.

export function workspaceKept(workspace: KeptWorkspace): Change[] {
  return [
    { table: "workspaces", key: workspace.lesson, put: workspace },
    { table: "workspace-list", key: workspace.lesson, put: describeWorkspace(workspace) },
  ];
}

export function workspaceGone(lesson: string): Change[] {
  return [
    { table: "workspaces", key: lesson },
    { table: "workspace-list", key: lesson },
  ];
}

export function machineGone(lesson: string): Change[] {
  return [
    { table: "machines", key: lesson },
    { table: "machine-states", key: lesson },
  ];
}
