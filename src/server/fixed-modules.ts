import { fileURLToPath } from "node:url";

/** A plugin of Vite that puts modules into the built site under names that stay, by their sources below `root`. */
export function fixedModules(name: string, files: Readonly<Record<string, string>>, root: URL) {
  return {
    name,
    apply: "build" as const,
    applyToEnvironment: ({ name: environment }: { name: string }) => environment === "client",
    buildStart(this: Emitter) {
      for (const [fileName, source] of Object.entries(files)) {
        this.emitFile({ type: "chunk", id: fileURLToPath(new URL(source, root)), fileName });
      }
    },
  };
}

interface Emitter {
  emitFile(file: { type: "chunk"; id: string; fileName: string }): string;
}
