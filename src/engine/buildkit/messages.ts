import { BinaryReader, BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { malformedAnswer } from "../error.ts";

/**
 * BuildKit's messages, as far as they are read here; what else there is in them is passed over. The numbers of the fields are those of
 * `api/services/control/control.proto` in https://github.com/moby/buildkit, which never change. Times are milliseconds since 1970.
 */
export interface BuildHistoryEvent {
  readonly type: "started" | "complete" | "deleted";
  readonly record: BuildRecord;
}

export interface BuildRecord {
  readonly ref: string;
  /** What the build was asked for with: `filename`, `target`, `no-cache`, `build-arg:NAME`. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly createdAt: number | undefined;
  readonly completedAt: number | undefined;
  /** Why it failed. */
  readonly error: string | undefined;
  /** The JSON of the image's configuration, with a history that says which of its steps made a layer. */
  readonly imageConfig: string | undefined;
}

export interface BuildStatus {
  readonly vertexes: readonly Vertex[];
  readonly statuses: readonly VertexStatus[];
  readonly logs: readonly VertexLog[];
}

/** A step of a build. It is told of again with every change, and of what runs twice with the times of both. */
export interface Vertex {
  readonly digest: string;
  readonly inputs: readonly string[];
  readonly name: string;
  readonly cached: boolean;
  readonly started: number | undefined;
  readonly completed: number | undefined;
  readonly error: string;
}

/** What a step is at, such as `transferring context:`, with bytes. */
export interface VertexStatus {
  readonly id: string;
  readonly vertex: string;
  readonly current: number;
  readonly total: number;
  readonly completed: number | undefined;
}

export interface VertexLog {
  readonly vertex: string;
  readonly bytes: Uint8Array;
}

/** `StatusRequest`. */
export function encodeStatusRequest(ref: string): Uint8Array {
  return new BinaryWriter().tag(1, WireType.LengthDelimited).string(ref).finish();
}

/** `BuildHistoryRequest`. With `earlyExit` what there is is told, and no more. */
export function encodeHistoryRequest({ earlyExit = false }: { earlyExit?: boolean }): Uint8Array {
  const writer = new BinaryWriter();
  return (earlyExit ? writer.tag(3, WireType.Varint).bool(true) : writer).finish();
}

export function readHistoryEvent(bytes: Uint8Array): BuildHistoryEvent {
  let type: BuildHistoryEvent["type"] = "started";
  let record: BuildRecord | undefined;
  readFields(bytes, (field, reader) => {
    if (field === 1) type = eventTypes[reader.int32()] ?? "started";
    else if (field === 2) record = readRecord(reader.bytes());
    else return false;
    return true;
  });
  if (record === undefined) throw malformedAnswer("BuildKit tells of a build without saying of which.");
  return { type, record };
}

const eventTypes = ["started", "complete", "deleted"] as const;

function readRecord(bytes: Uint8Array): BuildRecord {
  let ref = "";
  let createdAt: number | undefined;
  let completedAt: number | undefined;
  let error: string | undefined;
  let imageConfig: string | undefined;
  const attributes: Record<string, string> = {};
  readFields(bytes, (field, reader) => {
    if (field === 1) ref = reader.string();
    else if (field === 3) {
      const [key, value] = readEntry(reader.bytes());
      attributes[key] = value;
    } else if (field === 5) error = readRpcStatus(reader.bytes());
    else if (field === 6) createdAt = readTime(reader.bytes());
    else if (field === 7) completedAt = readTime(reader.bytes());
    else if (field === 9) {
      const [key, value] = readEntry(reader.bytes());
      if (key === "containerimage.config") imageConfig = value;
    } else return false;
    return true;
  });
  return { ref, attributes, createdAt, completedAt, error, imageConfig };
}

export function readStatus(bytes: Uint8Array): BuildStatus {
  const vertexes: Vertex[] = [];
  const statuses: VertexStatus[] = [];
  const logs: VertexLog[] = [];
  readFields(bytes, (field, reader) => {
    if (field === 1) vertexes.push(readVertex(reader.bytes()));
    else if (field === 2) statuses.push(readVertexStatus(reader.bytes()));
    else if (field === 3) logs.push(readLog(reader.bytes()));
    else return false;
    return true;
  });
  return { vertexes, statuses, logs };
}

function readVertex(bytes: Uint8Array): Vertex {
  let digest = "";
  let name = "";
  let error = "";
  let cached = false;
  let started: number | undefined;
  let completed: number | undefined;
  const inputs: string[] = [];
  readFields(bytes, (field, reader) => {
    if (field === 1) digest = reader.string();
    else if (field === 2) inputs.push(reader.string());
    else if (field === 3) name = reader.string();
    else if (field === 4) cached = reader.bool();
    else if (field === 5) started = readTime(reader.bytes());
    else if (field === 6) completed = readTime(reader.bytes());
    else if (field === 7) error = reader.string();
    else return false;
    return true;
  });
  return { digest, inputs, name, cached, started, completed, error };
}

function readVertexStatus(bytes: Uint8Array): VertexStatus {
  let id = "";
  let vertex = "";
  let current = 0;
  let total = 0;
  let completed: number | undefined;
  readFields(bytes, (field, reader) => {
    if (field === 1) id = reader.string();
    else if (field === 2) vertex = reader.string();
    else if (field === 4) current = Number(reader.int64());
    else if (field === 5) total = Number(reader.int64());
    else if (field === 8) completed = readTime(reader.bytes());
    else return false;
    return true;
  });
  return { id, vertex, current, total, completed };
}

function readLog(log: Uint8Array): VertexLog {
  let vertex = "";
  let bytes: Uint8Array = new Uint8Array(0);
  readFields(log, (field, reader) => {
    if (field === 1) vertex = reader.string();
    else if (field === 4) bytes = reader.bytes();
    else return false;
    return true;
  });
  return { vertex, bytes };
}

/** An entry of a map of strings. */
function readEntry(bytes: Uint8Array): [key: string, value: string] {
  const entry: [string, string] = ["", ""];
  readFields(bytes, (field, reader) => {
    if (field !== 1 && field !== 2) return false;
    entry[field - 1] = reader.string();
    return true;
  });
  return entry;
}

/** `google.rpc.Status`: its words. */
function readRpcStatus(bytes: Uint8Array): string {
  let message = "";
  readFields(bytes, (field, reader) => {
    if (field !== 2) return false;
    message = reader.string();
    return true;
  });
  return message;
}

/** `google.protobuf.Timestamp`. */
function readTime(bytes: Uint8Array): number {
  let seconds = 0;
  let nanoseconds = 0;
  readFields(bytes, (field, reader) => {
    if (field === 1) seconds = Number(reader.int64());
    else if (field === 2) nanoseconds = reader.int32();
    else return false;
    return true;
  });
  return seconds * 1000 + nanoseconds / 1e6;
}

/** `read` says whether it has read the field; what it leaves is passed over. Rejects with `malformed-answer` what is no message. */
function readFields(bytes: Uint8Array, read: (field: number, reader: BinaryReader) => boolean): void {
  const reader = new BinaryReader(bytes);
  try {
    while (reader.pos < reader.len) {
      const [field, type] = reader.tag();
      if (!read(field, reader)) reader.skip(type, field);
    }
  } catch (error) {
    throw malformedAnswer("A message of BuildKit cannot be read.", error);
  }
}
