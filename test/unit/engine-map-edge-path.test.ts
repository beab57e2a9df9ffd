import { expect, test } from "vitest";
import { edgePath, portPath } from "../../src/sandbox/engine-map/edge-path.ts";

const left = { x: 0, y: 0, width: 100, height: 40 };
const right = { x: 200, y: 100, width: 100, height: 40 };

test("a line leads from the side that faces the other box to the facing side of that", () => {
  expect(edgePath(left, right)).toMatch(/^M100,20C.*200,120$/);
  expect(edgePath(right, left)).toMatch(/^M200,120C.*100,20$/);
});

test("a port's line leads down beside the containers and into its own from the left, each in a lane of its own", () => {
  const port = { x: 240, y: 0, width: 60, height: 20 };
  expect(portPath(port, right, 0)).toMatch(/^M270,20V.*H200$/);
  expect(portPath(port, right, 0)).toContain("Q192,120 ");
  expect(portPath(port, right, 1)).toContain("Q189,120 ");
});
