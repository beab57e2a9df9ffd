import { expect, it } from "vitest";
import { addressKind } from "../../src/sandbox/link-address.ts";

it.each([
  ["https://docs.docker.com/build/", "web"],
  ["http://example.org:8080/", "web"],
  ["http://localhost:8080", "inside"],
  ["http://172.17.0.2/", "inside"],
  ["http://172.32.0.2/", "web"],
  ["http://[::1]:80/", "inside"],
  ["http://web:80/", "inside"],
  ["javascript:alert(1)", "other"],
  ["file:///etc/passwd", "other"],
  ["no address", "other"],
])("the link %s leads %s", (address, kind) => {
  expect(addressKind(address)).toBe(kind);
});
