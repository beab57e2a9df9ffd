import { describe, expect, test } from "vitest";
import { LayerAges, type SeenImage } from "../../src/sandbox/layers/layer-ages.ts";

const at = (minute: number) => new Date(2026, 10, 27, 12, minute);
const image = (id: string, layers: readonly string[], created = 1, isPulled = false): SeenImage => ({
  id,
  layers,
  created,
  isPulled,
});

describe("the age of a layer", () => {
  test("is by what was there at the look before its image came", () => {
    const ages = new LayerAges();
    ages.note([image("one", ["a"])], at(1));
    ages.note([image("one", ["a"])], at(2));
    ages.note([image("one", ["a"]), image("two", ["a", "b"])], at(3));
    ages.note([image("one", ["a"]), image("two", ["a", "b"])], at(4));
    expect(ages.of("two")).toEqual([{ kind: "there" }, { kind: "new", since: at(2) }]);
    expect(ages.since).toEqual(at(1));
  });

  test("of what the page has found there is not known, and not guessed from a date", () => {
    const ages = new LayerAges();
    ages.note([image("one", ["a", "b"], 1)], at(1));
    expect(ages.of("one")).toEqual([undefined, undefined]);
    expect(ages.of("none")).toEqual([]);
  });

  test("is known of what an older image of this engine has, but not by one that was pulled", () => {
    const ages = new LayerAges();
    const pulled = image("base", ["a"], 1, true);
    ages.note([pulled, image("one", ["a", "b"], 5), image("two", ["a", "b", "c"], 6)], at(1));
    expect(ages.of("one")).toEqual([undefined, undefined]);
    expect(ages.of("two")).toEqual([{ kind: "there" }, { kind: "there" }, undefined]);
  });

  test("is that of the layer and all below it: the same digest on another one is new", () => {
    const ages = new LayerAges();
    ages.note([image("one", ["a", "c"])], at(1));
    ages.note([image("one", ["a", "c"]), image("two", ["b", "c"])], at(2));
    expect(ages.of("two")).toEqual([
      { kind: "new", since: at(1) },
      { kind: "new", since: at(1) },
    ]);
  });

  test("is forgotten with the image", () => {
    const ages = new LayerAges();
    ages.note([image("one", ["a"])], at(1));
    ages.note([], at(2));
    expect(ages.of("one")).toEqual([]);
    ages.note([image("one", ["a"])], at(3));
    expect(ages.of("one")).toEqual([{ kind: "new", since: at(2) }]);
  });
});
