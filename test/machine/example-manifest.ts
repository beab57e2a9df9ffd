import type { Manifest } from "../../src/machine/v86/manifest.ts";

export const HASH = "ab".repeat(32);

export function exampleManifest(): Manifest {
  const file = { path: `v86.${HASH}.wasm`, bytes: 100, sha256: HASH };
  return {
    format: 1,
    id: "0123456789abcdef",
    created: "2026-11-21T09:00:00Z",
    memoryBytes: 512 << 20,
    vgaMemoryBytes: 2 << 20,
    engineVersion: "26.1.5",
    kernelVersion: "6.1.0",
    containerImages: ["busybox:latest"],
    features: ["buildkit", "compose", "swarm"],
    files: {
      wasm: file,
      bios: file,
      vgaBios: file,
      state: { ...file, rawBytes: 1000 },
      diskIndex: file,
      licences: file,
      savedImages: file,
    },
    disk: { bytes: 8192, partBytes: 4096 },
    packages: [{ name: "busybox-static", version: "1.37", suite: "trixie" }],
    prefetch: [],
  };
}
