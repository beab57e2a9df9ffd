import { describe, expect, it } from "vitest";
import { readBytes, sayBytes } from "../../src/checks/byte-size.ts";

describe("sizes", () => {
  it.each([
    [1234, 1000, 1234],
    ["1234", 1000, 1234],
    ["50MB", 1000, 50_000_000],
    ["1.5 GB", 1000, 1_500_000_000],
    ["64m", 1024, 67_108_864],
    ["64MB", 1024, 67_108_864],
    ["2KiB", 1000, 2048],
    ["100b", 1000, 100],
    ["0", 1000, undefined],
    ["much", 1000, undefined],
    ["5 apples", 1000, undefined],
    ["5i", 1000, undefined],
    ["-5MB", 1000, undefined],
  ] as const)("reads %j, with a kilobyte of %d, as %j", (text, thousand, bytes) => {
    expect(readBytes(text, thousand)).toBe(bytes);
  });

  it.each([
    [999, 1000, "999 bytes"],
    [1500, 1000, "1.5 kB"],
    [12_340_000, 1000, "12.3 MB"],
    [67_108_864, 1024, "64 MB"],
    [0, 1024, "0 bytes"],
  ] as const)("says %d, with a kilobyte of %d, as %s", (bytes, thousand, words) => {
    expect(sayBytes(bytes, thousand)).toBe(words);
  });
});
