import { describe, expect, it } from "vitest";
import { MachineError } from "../../src/machine/error.ts";
import type { SmallMachine, SmallMachineOptions } from "../../src/machine/small-machine.ts";
import { ContainerMeter } from "../../src/sandbox/small-machine/container-meter.ts";
import { saySize, sayTime, shares } from "../../src/sandbox/small-machine/figure-words.ts";
import { SmallDesk } from "../../src/sandbox/small-machine/small-desk.ts";
import { FakeClock, settle } from "./checks-fakes.ts";

const facts = {
  kernelVersion: "6.1.0",
  kernelBytes: 5_700_000,
  initrdBytes: 1_100_000,
  unpackedBytes: 2_100_000,
  memoryBytes: 72 << 20,
};

/** A desk whose machines come up when the test says so. */
function createDesk() {
  const starts: {
    options: SmallMachineOptions;
    isGone: boolean;
    typed: string;
    comeUp: () => Promise<void>;
    fail: (error: Error) => Promise<void>;
  }[] = [];
  const desk = new SmallDesk({
    now: () => 1000,
    start(options) {
      const { promise, resolve, reject } = Promise.withResolvers<SmallMachine>();
      const start = {
        options,
        isGone: false,
        typed: "",
        comeUp() {
          options.onStatus?.({ phase: "ready" }, { program: 4000, prompt: 4100 });
          resolve({
            facts,
            status: { phase: "ready" },
            times: {},
            write: (bytes) => (start.typed += new TextDecoder().decode(bytes)),
            [Symbol.asyncDispose]: () => Promise.resolve(void (start.isGone = true)),
          });
          return settle();
        },
        fail(error: Error) {
          reject(error);
          return settle();
        },
      };
      starts.push(start);
      return promise;
    },
  });
  const last = () => {
    const start = starts.at(-1);
    if (start === undefined) throw new Error("nothing was started");
    return start;
  };
  return { desk, starts, last };
}

describe("the desk of the small machine", () => {
  it("starts one in the size of its console, and tells how far it is and what it took", async () => {
    const { desk, last } = createDesk();
    desk.show();
    desk.console.resize(60, 18);
    void desk.start();
    await settle();
    expect(last().options).toMatchObject({ columns: 60, rows: 18 });
    last().options.onStatus?.({ phase: "kernel" }, { downloaded: 100 });
    expect(desk.state.value).toEqual({ phase: "starting", since: 1000, status: { phase: "kernel" } });
    await last().comeUp();
    expect(desk.state.value.phase).toBe("running");
    expect(desk.times.value.program).toBe(4000);
    expect(desk.facts.value).toEqual(facts);
  });

  it("waits with the start until its console is shown, and starts once only", async () => {
    const { desk, starts } = createDesk();
    void desk.start();
    void desk.start();
    await settle();
    expect(starts).toHaveLength(0);
    desk.show();
    await settle();
    void desk.start();
    await settle();
    expect(starts).toHaveLength(1);
  });

  it("types what was to be run before it was there at its first prompt, in order", async () => {
    const { desk, last } = createDesk();
    desk.show();
    desk.run("uname -r");
    desk.run("date");
    await settle();
    await last().comeUp();
    expect(last().typed).toBe("\u0005\u0015uname -r\r\u0005\u0015date\r");
  });

  it("switches off one that runs, and one that starts", async () => {
    const { desk, last } = createDesk();
    desk.show();
    void desk.start();
    await settle();
    await last().comeUp();
    desk.stop();
    expect(last().isGone).toBe(true);
    expect(desk.state.value).toEqual({ phase: "off" });
    void desk.start();
    await settle();
    desk.stop();
    expect(last().options.signal?.aborted).toBe(true);
    expect(desk.state.value).toEqual({ phase: "off" });
    expect(desk.starts.value).toBe(2);
  });

  it("is off when it has been switched off from within, and can be started again", async () => {
    const { desk, starts, last } = createDesk();
    desk.show();
    void desk.start();
    await settle();
    await last().comeUp();
    last().options.onStatus?.({ phase: "ended" }, {});
    expect(desk.state.value).toEqual({ phase: "off" });
    void desk.start();
    await settle();
    expect(starts).toHaveLength(2);
  });

  it("says why it could not be started", async () => {
    const { desk, last } = createDesk();
    desk.show();
    void desk.start();
    await settle();
    await last().fail(new MachineError("timeout", "It did not come up.", { hint: "Close other tabs." }));
    expect(desk.state.value).toEqual({ phase: "failed", words: "It did not come up. Close other tabs." });
  });

  it("goes with its place on the page, whatever it is told after that", async () => {
    const { desk, last } = createDesk();
    const shown = desk.show();
    void desk.start();
    await settle();
    shown[Symbol.dispose]();
    await last().comeUp();
    expect(last().isGone).toBe(true);
    expect(desk.state.value).toEqual({ phase: "off" });
  });
});

describe("the meter of containers", () => {
  function createMeter() {
    const clock = new FakeClock();
    const asked: string[] = [];
    const meter = new ContainerMeter({
      clock,
      imageBytes(image) {
        asked.push(image);
        return Promise.resolve(2_100_000);
      },
      memoryBytes: (id) => Promise.resolve(id === "gone" ? undefined : 300_000),
    });
    let number = 0;
    const enter = (line: string, terminal: number | "vm" = 1) => {
      const command = { number: ++number, terminal, line };
      meter.noteCommand({ ...command, exitCode: undefined });
      return (exitCode = 0) => meter.noteCommand({ ...command, exitCode });
    };
    const started = (id: string) =>
      meter.noteEvent({ Type: "container", Action: "start", Actor: { ID: id, Attributes: { image: "busybox" } } });
    return { clock, meter, asked, enter, started };
  }

  it("takes the time of a docker run from Enter to its end", async () => {
    const { clock, meter, enter } = createMeter();
    await clock.pass(500);
    const end = enter("docker run --rm busybox uname -a");
    expect(meter.figures.value.run).toEqual({ line: "docker run --rm busybox uname -a", since: 500, ms: undefined });
    await clock.pass(3200);
    end();
    expect(meter.figures.value.run?.ms).toBe(3200);
  });

  it.each(["docker run busybox true; sleep 5", "docker runaway", "docker ps", "echo docker run x"])(
    "does not take the time of %s",
    (line) => {
      const { meter, enter } = createMeter();
      enter(line)();
      expect(meter.figures.value).toEqual({});
    },
  );

  it("keeps no time of a run that failed, nor of one in the small machine", () => {
    const { meter, enter } = createMeter();
    enter("docker run nothing")(125);
    enter("docker run busybox", "vm")();
    expect(meter.figures.value.run).toBeUndefined();
  });

  it("takes the time of the engine's own start from a command that ends it and waits", async () => {
    const { clock, meter, enter } = createMeter();
    const end = enter("pkill dockerd; until docker info; do sleep 1; done");
    await clock.pass(7000);
    end();
    expect(meter.figures.value.engineMs).toBe(7000);
  });

  it("measures the image and the memory of the container that was started last, once it has settled", async () => {
    const { clock, meter, asked, started } = createMeter();
    started("gone");
    started("web");
    await clock.pass(2000);
    expect(asked).toEqual(["busybox"]);
    expect(meter.figures.value).toEqual({ image: { name: "busybox", bytes: 2_100_000 }, memoryBytes: 300_000 });
  });

  it("has no memory of one that has ended", async () => {
    const { clock, meter, started } = createMeter();
    started("gone");
    await clock.pass(2000);
    expect(meter.figures.value).toEqual({ image: { name: "busybox", bytes: 2_100_000 } });
  });
});

describe("the words for figures", () => {
  it("says times and sizes as stopwatches and Docker do", () => {
    expect([sayTime(3249), sayTime(60)]).toEqual(["3.2 s", "0.1 s"]);
    expect([12_300, 300_000, 2_140_000, 100_663_296].map(saySize)).toEqual(["12 kB", "0.3 MB", "2.1 MB", "101 MB"]);
  });

  it("gives the longest bar to the greatest, and none to what is not known", () => {
    expect(shares([50, 200])).toEqual([0.25, 1]);
    expect(shares([undefined, undefined])).toEqual([0, 0]);
  });
});
