import type { Connection } from "../contract.ts";
import { MachineError } from "../error.ts";
import { serveConsole } from "./console-port.ts";
import { createEmulator, type Emulator } from "./emulator.ts";
import { joinStreams } from "./join-streams.ts";
import { limitLookups } from "./lookup-limit.ts";
import { PartsDisk } from "./parts-disk.ts";
import { createPortStream } from "./port-stream.ts";
import { readDifference } from "./read-difference.ts";
import { createSmallEmulator, type SmallEmulator } from "./small-emulator.ts";
import { openSnapshot } from "./snapshot-source.ts";
import {
  connectWire,
  toWireError,
  transferring,
  type PageFunctions,
  type SmallMachineFunctions,
  type StateFunctions,
  type WorkerFunctions,
} from "./wire.ts";
import { createWorkspaceFiles, type WorkspaceFiles } from "./workspace-files.ts";
import { watchWorkspace, type WorkspaceWatch } from "./workspace-watch.ts";
import { writeDifference } from "./write-difference.ts";

/**
 * The worker's side of wire.ts. It holds one machine for its whole life, the learner's or a small one, or packs or unpacks the state of one; the page
 * ends it by terminating the worker.
 */
export function serveMachine(port: MessagePort): { fail(error: unknown): void } {
  let running: Running | undefined;
  let small: SmallEmulator | undefined;
  let saving = new AbortController();
  const machine = () => {
    if (!running)
      throw new MachineError("boot-failed", "The machine has not been started.", { hint: "Reload the page." });
    return running;
  };
  const fail = (error: unknown) => {
    void (small ?? running?.emulator)?.stop();
    void page.failed.asEvent(toWireError(error));
  };

  const functions: WorkerFunctions & StateFunctions & SmallMachineFunctions = {
    async start(options) {
      const disk = new PartsDisk({
        byteLength: options.disk.bytes,
        partBytes: options.disk.partBytes,
        parts: options.disk.parts,
        fetchPart: (sha256) => page.fetchPart(sha256),
        onFailure: fail,
      });
      const onLookup = limitLookups((name) => void page.lookedUp.asEvent(name));
      const emulator = await createEmulator({ ...options, initialState: options.state, disk, onLookup });
      for (const portNumber of options.listensOn) {
        emulator.network.listen(portNumber, (connection) => {
          const channel = new MessageChannel();
          joinStreams(connection, createPortStream(channel.port1));
          void page.accepted.asEvent(portNumber, transferring(channel.port2, [channel.port2]));
        });
      }
      const holds = new Set<number>();
      [...emulator.consoles, emulator.control].forEach((console, index) => {
        const consolePort = options.ports[index];
        if (!consolePort) throw new RangeError("a port for each console is wanted");
        serveConsole(console, consolePort, (held) => {
          if (held) holds.add(index);
          else holds.delete(index);
          if (holds.size === 0) emulator.run();
          else void emulator.stop();
        });
      });
      const watch = watchWorkspace(emulator.fs, (changes) => {
        void page.workspaceChanged.asEvent(changes);
      });
      running = { emulator, files: createWorkspaceFiles(emulator.fs), watch };
      emulator.run();
    },
    async dial(portNumber, streamPort) {
      const dropped = new AbortController();
      const stream = createPortStream(streamPort);
      stream.closed.catch((error: unknown) => {
        dropped.abort(error);
      });
      let connection: Connection;
      try {
        connection = await machine().emulator.network.connect(portNumber, { signal: dropped.signal });
      } catch (error) {
        stream.abort(error);
        throw error;
      }
      joinStreams(connection, stream);
    },
    async saveState() {
      saving = new AbortController();
      const bytes = await machine().emulator.saveState({ signal: saving.signal });
      return transferring(bytes, [bytes.buffer]);
    },
    async cancelSaveState() {
      await Promise.resolve();
      saving.abort();
    },
    async packState(state, work) {
      const bytes = await writeDifference(state, { sha256: work.sha256, source: await openSnapshot(work) });
      return transferring(bytes, [bytes.buffer]);
    },
    async unpackState(difference, work) {
      const bytes = await readDifference(difference, { sha256: work.sha256, open: () => openSnapshot(work) });
      return transferring(bytes, [bytes.buffer]);
    },
    async buildSmall({ port: consolePort, ...options }) {
      const emulator = await createSmallEmulator(options);
      serveConsole(emulator.console, consolePort, (held) => {
        if (held) void emulator.stop();
        else emulator.run();
      });
      small = emulator;
    },
    async runSmall() {
      await Promise.resolve();
      small?.run();
    },
    async list(folder) {
      await Promise.resolve();
      const { files, watch } = machine();
      // Both go through one port, which keeps their order.
      watch.flush();
      return files.list(folder);
    },
    async read(path) {
      const bytes = await machine().files.read(path);
      return transferring(bytes, [bytes.buffer]);
    },
    write: (path, content, mode) => machine().files.write(path, content, mode),
    makeFolder: async (path) => {
      await Promise.resolve();
      machine().files.makeFolder(path);
    },
    makeLink: async (path, target) => {
      await Promise.resolve();
      machine().files.makeLink(path, target);
    },
    rename: (from, to) => machine().files.rename(from, to),
    remove: (path) => machine().files.remove(path),
    exportWorkspace: () => machine().files.exportAll(),
    importWorkspace: (files) => machine().files.importAll(files),
  };
  const page = connectWire<PageFunctions, WorkerFunctions>(port, functions);
  return { fail };
}

interface Running {
  readonly emulator: Emulator;
  readonly files: WorkspaceFiles;
  readonly watch: WorkspaceWatch;
}
