import { defineConfig } from "vitest/config";
import { concurrency } from "./test/lessons/concurrency.ts";

const minute = 60_000;

/** One emulated machine or one browser at a time: two browsers with their machines on two cores take more than twice as long. */
const oneAtATime = { fileParallelism: false, maxWorkers: 1, testTimeout: 5 * minute, hookTimeout: 5 * minute };

export default defineConfig({
  test: {
    projects: [
      { test: { name: "unit", include: ["test/unit/**/*.test.{ts,tsx}"], testTimeout: 30_000 } },
      { test: { name: "machine", include: ["test/machine/**/*.test.ts"], ...oneAtATime } },
      { test: { name: "engine", include: ["test/engine/**/*.test.ts"], ...oneAtATime } },
      {
        test: {
          name: "lessons",
          include: ["test/lessons/**/*.test.ts"],
          globalSetup: "test/lessons/build.ts",
          ...oneAtATime,
          maxConcurrency: concurrency(),
          testTimeout: 10 * minute,
        },
      },
      {
        test: {
          name: "pages",
          include: ["test/pages/**/*.test.ts"],
          globalSetup: "test/e2e/build.ts",
          ...oneAtATime,
          maxConcurrency: concurrency(),
        },
      },
      {
        test: {
          name: "e2e",
          include: ["test/e2e/**/*.test.ts"],
          globalSetup: "test/e2e/build.ts",
          ...oneAtATime,
          maxConcurrency: concurrency(),
          testTimeout: 10 * minute,
        },
      },
    ],
  },
});
