/** What the sandbox is filled with, how much of it, and what is asked at each size. The first size is the one compared with. */
export const growths = [
  {
    of: "images",
    sizes: [0, 60],
    measures: { command: "`docker images`", list: "GET /images/json" },
  },
  {
    of: "containers",
    sizes: [0, 60],
    measures: { command: "`docker ps -a`", list: "GET /containers/json?all=1" },
  },
  {
    of: "workspace files",
    sizes: [0, 1000],
    measures: {
      command: "`ls -R` of the workspace",
      list: "`docker build`, nothing changed, the files in its context (BuildKit)",
    },
  },
] as const;

export type Growing = (typeof growths)[number]["of"];
