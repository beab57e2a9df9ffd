import { expect, test } from "vitest";
import { drawMap } from "../../src/sandbox/engine-map/engine-map.ts";
import { compareMaps } from "../../src/sandbox/engine-map/map-changes.ts";
import { changesInWords, mapAsText, relationsOf } from "../../src/sandbox/engine-map/map-text.ts";
import { mapAsSvg } from "../../src/sandbox/engine-map/map-picture.ts";
import { nearest } from "../../src/sandbox/engine-map/nearest.ts";
import { chooseShown } from "../../src/sandbox/engine-map/shown-things.ts";
import { fakeContainer, fakeLists, fakeWeb } from "./engine-map-fakes.ts";

const map = drawMap(fakeLists());
const self = { version: "26.1.5", storageDriver: "overlay2", mirrors: ["http://127.0.86.1"] };

test("each container is joined to its image, its networks, its volumes and its folders", () => {
  expect(map.edges.filter(({ from }) => from === "container/web-id")).toEqual([
    { from: "container/web-id", to: "image/sha256:box", kind: "image", detail: "" },
    { from: "container/web-id", to: "network/n1", kind: "network", detail: "172.18.0.2" },
    { from: "container/web-id", to: "volume/hold", kind: "volume", detail: "/data" },
    { from: "container/web-id", to: "folder//workspace", kind: "folder", detail: "/src" },
  ]);
  expect(map.volumes.map(({ name }) => name)).toEqual(["hold", "/workspace"]);
  expect(map.networks.map(({ name }) => name)).toEqual(["harbour", "bridge"]);
});

test("a port counts once, though Docker lists it for each family of addresses, and only if it is published", () => {
  expect(map.containers[0]?.ports).toEqual([{ outside: 8080, inside: 80, protocol: "tcp" }]);
});

test("an image that was removed by force leaves a container without a line, and the words say so", () => {
  const without = drawMap(fakeLists({ images: [] }));
  expect(without.edges.map(({ kind }) => kind)).toEqual(["network", "volume", "folder"]);
  const web = without.containers[0];
  expect(web && relationsOf(without)(web)).toMatch(/^uses image busybox, which has lost its name, is on/);
});

test("containers of a project stand together, where its newest one stands", () => {
  const Labels = { "com.docker.compose.project": "fleet" };
  const containers = [fakeContainer("late", { Labels }), fakeContainer("other"), fakeContainer("early", { Labels })];
  expect(drawMap(fakeLists({ containers })).containers.map(({ name }) => name)).toEqual(["late", "early", "other"]);
});

test("an answer that is not as Docker's gives a container without lines to networks and volumes", () => {
  const containers = [fakeContainer("odd", { NetworkSettings: 7, Mounts: "none" })];
  expect(drawMap(fakeLists({ containers })).edges.map(({ kind }) => kind)).toEqual(["image"]);
});

test("the text tells what the map shows: states, and what uses what", () => {
  const text = mapAsText(map, self);
  expect(text).toContain("Daemon: dockerd 26.1.5 · storage driver overlay2");
  expect(text).toContain(
    "  web: running; uses image busybox:latest, is on network harbour as 172.18.0.2, mounts hold at /data and /workspace at /src, publishes 8080 → 80",
  );
  expect(text).toContain("  crew: exited 137; uses image busybox:latest, publishes no port");
  expect(text).toContain("  busybox:latest: 4.3 MB; used by web and crew");
  expect(text).toContain("  bridge: bridge, built in; used by no container");
});

test("the picture is one SVG file with every thing and a line for each that is used", () => {
  const svg = mapAsSvg(map, self);
  expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="0 0 860 \d+"/);
  for (const name of ["web", "crew", "harbour", "hold", "busybox:latest", "8080 → 80"])
    expect(svg).toContain(`>${name}<`);
  expect(svg.match(/stroke="#0b63ce"/g)).toHaveLength(1);
  const odd = drawMap(fakeLists({ images: [], containers: [fakeContainer("<&>")] }));
  expect(mapAsSvg(odd, {})).toContain("&lt;&amp;&gt;");
});

test("what is new, what has another state and what is gone is told, the rest counted", () => {
  const later = drawMap(
    fakeLists({ containers: [fakeWeb({ State: "paused", Status: "Up 4 seconds (Paused)" }), fakeContainer("new")] }),
  );
  const changes = compareMaps(map, later);
  expect(changesInWords(changes)).toBe("New container new. Container web: paused. Container crew is gone.");
  expect(changesInWords(compareMaps(map, map))).toBe("");
  const many = drawMap(fakeLists({ containers: Array.from({ length: 9 }, (_, n) => fakeContainer(`c${n}`)) }));
  expect(changesInWords(compareMaps(drawMap(fakeLists({ containers: [] })), many))).toMatch(
    /^(New container c\d\. ){4}And 5 more changes\.$/,
  );
});

test("of a hundred containers the first are shown, with those that the chosen network has", () => {
  const containers = Array.from({ length: 100 }, (_, n) =>
    fakeContainer(`c${n}`, n === 90 ? { NetworkSettings: { Networks: { harbour: { NetworkID: "n1" } } } } : {}),
  );
  const hundred = drawMap(fakeLists({ containers }));
  const none = { find: "", chosen: undefined, whole: new Set<never>() };
  expect(chooseShown(hundred, none).columns.container).toMatchObject({ more: 76 });
  const shown = chooseShown(hundred, { ...none, chosen: "network/n1" });
  expect(shown.columns.container.things.at(-1)?.name).toBe("c90");
  expect(shown.columns.container.more).toBe(75);
  expect(shown.joined).toEqual(new Set(["network/n1", "container/c90-id"]));
  expect(chooseShown(hundred, { ...none, whole: new Set(["container"] as const) }).columns.container.more).toBe(0);
});

test("what is sought is shown with what it is joined to", () => {
  const shown = chooseShown(map, { find: "8080 running", chosen: undefined, whole: new Set() });
  expect(shown.columns.container.things.map(({ name }) => name)).toEqual(["web"]);
  expect(shown.columns.network.things.map(({ name }) => name)).toEqual(["harbour"]);
  expect(shown.columns.volume.things.map(({ name }) => name)).toEqual(["hold", "/workspace"]);
});

test("what is joined to the chosen one shows the address or the place that the two have in common", () => {
  const { details } = chooseShown(map, { find: "", chosen: "container/web-id", whole: new Set() });
  expect([...details]).toEqual([
    ["network/n1", "172.18.0.2"],
    ["volume/hold", "/data"],
    ["folder//workspace", "/src"],
  ]);
  expect([...chooseShown(map, { find: "", chosen: "volume/hold", whole: new Set() }).details]).toEqual([
    ["container/web-id", "/data"],
  ]);
});

test("an arrow key leads straight on rather than aside, and nowhere where nothing is", () => {
  const others = [
    { at: { x: 0, y: 50 }, what: "below" },
    { at: { x: 20, y: 30 }, what: "aside" },
    { at: { x: 100, y: 2 }, what: "right" },
  ];
  expect(nearest({ x: 0, y: 0 }, others, "ArrowDown")).toBe("below");
  expect(nearest({ x: 0, y: 0 }, others, "ArrowRight")).toBe("right");
  expect(nearest({ x: 0, y: 0 }, others, "ArrowUp")).toBeUndefined();
  expect(nearest({ x: 0, y: 0 }, others, "a")).toBeUndefined();
});
