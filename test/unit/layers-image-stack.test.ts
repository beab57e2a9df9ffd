import { describe, expect, test } from "vitest";
import type { ImageHistoryStep } from "../../src/engine/images.ts";
import { describeStack, readInstruction } from "../../src/sandbox/layers/image-stack.ts";

describe("an instruction", () => {
  test.each([
    ["RUN /bin/sh -c echo hi > /b # buildkit", "RUN echo hi > /b"],
    ["COPY a /a # buildkit", "COPY a /a"],
    ['/bin/sh -c #(nop)  CMD ["sh"]', 'CMD ["sh"]'],
    ["/bin/sh -c apt-get update", "RUN apt-get update"],
    ["RUN |1 VERSION=2 /bin/sh -c make # buildkit", "RUN make"],
    ['CMD ["httpd" "-f"]', 'CMD ["httpd" "-f"]'],
  ])("%s is read as %s", (createdBy, line) => {
    expect(readInstruction(createdBy)).toBe(line);
  });
});

describe("a stack", () => {
  const step = (CreatedBy: string, Size = 0): ImageHistoryStep => ({
    Id: "<missing>",
    Created: 1,
    CreatedBy,
    Tags: [],
    Size,
    Comment: "",
  });
  const image = (...Layers: string[]) => ({ RootFS: { Type: "layers", Layers }, Size: 30 });

  test("has the newest first, settings between the layers, and each layer's number and step", () => {
    const history = [step('CMD ["sh"]'), step("COPY a /a # buildkit", 10), step("ENV A=1"), step("ADD rootfs /", 20)];
    const { rows } = describeStack(image("sha256:one", "sha256:two"), history, []);
    expect(rows).toMatchObject([
      { kind: "setting", step: { instruction: 'CMD ["sh"]' } },
      { kind: "layer", number: 1, digest: "sha256:two", step: { instruction: "COPY a /a", size: 10 } },
      { kind: "setting", step: { instruction: "ENV A=1" } },
      { kind: "layer", number: 0, digest: "sha256:one", step: { instruction: "ADD rootfs /" } },
    ]);
  });

  test("knows a layer that is empty", () => {
    const history = [step("RUN /bin/sh -c true # buildkit"), step("ADD rootfs /", 20)];
    const { rows } = describeStack(image("sha256:one", "sha256:two"), history, []);
    expect(rows).toMatchObject([{ number: 1, step: { instruction: "RUN true" } }, { number: 0 }]);
  });

  test("does not guess which of the empty steps made a layer", () => {
    const history = [step("RUN true"), step("WORKDIR /tmp"), step("ENV A=1"), step("ADD rootfs /", 20)];
    const { rows } = describeStack(image("sha256:one", "sha256:two"), history, []);
    const layers = rows.filter((row) => row.kind === "layer");
    expect(layers.map(({ digest, step: made }) => [digest, made])).toEqual([
      ["sha256:two", undefined],
      ["sha256:one", undefined],
    ]);
    expect(rows).toContainEqual(
      expect.objectContaining({
        kind: "setting",
        step: expect.objectContaining({ instruction: "ENV A=1" }) as unknown,
      }),
    );
  });

  test("says which images stand on the same layers, up to where they part", () => {
    const others = [
      { name: "same", layers: ["sha256:one", "sha256:two", "sha256:three"] },
      { name: "parts", layers: ["sha256:one", "sha256:other"] },
      { name: "else", layers: ["sha256:zero", "sha256:two"] },
    ];
    const history = [step("COPY b /", 10), step("ADD rootfs /", 20)];
    const { rows } = describeStack(image("sha256:one", "sha256:two"), history, others);
    expect(rows).toMatchObject([{ sharedWith: ["same"] }, { sharedWith: ["same", "parts"] }]);
  });
});
