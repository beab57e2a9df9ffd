import { describe, expect, it } from "vitest";
import { dockerfileDifference } from "../../src/checks/built-from.ts";

const baseHistory = ["COPY busybox /bin/busybox # buildkit", 'CMD ["sh"]'];

const dockerfile = `# syntax=docker/dockerfile:1
ARG TAG=latest
FROM busybox:$TAG AS base
ARG WORD=hi
ENV A=b C="d e" P=$WORD
LABEL x="y z" "k"="v"
WORKDIR /app
WORKDIR sub
COPY a.txt .
COPY --chown=1:1 a.txt b.txt /c/
COPY ["a.txt", "/d e/"]
ADD a.txt ./x/
FROM base
RUN echo "one" \\
  # comment
  && echo two > /two
RUN ["/bin/sh", "-c", "echo three"]
COPY --from=base /app/sub/a.txt /e.txt
ARG LATE
RUN echo $LATE five
EXPOSE 80 53/udp
VOLUME /data /more
USER 1000:1000
STOPSIGNAL SIGTERM
SHELL ["/bin/sh", "-ec"]
RUN echo six
HEALTHCHECK --interval=5s CMD wget -q localhost || exit 1
ENTRYPOINT ["/bin/sh", "-c"]
CMD echo hi $A
`;

/** What Docker Engine 26.1 with BuildKit tells of an image built from it, with `--build-arg WORD=hey`. */
const buildkit = [
  "ARG WORD=hi",
  "ENV A=b C=d e P=hey",
  "LABEL x=y z k=v",
  "WORKDIR /app",
  "WORKDIR /app/sub",
  "COPY a.txt . # buildkit",
  "COPY --chown=1:1 a.txt b.txt /c/ # buildkit",
  "COPY a.txt /d e/ # buildkit",
  "ADD a.txt ./x/ # buildkit",
  'RUN /bin/sh -c echo "one"   && echo two > /two # buildkit',
  "RUN /bin/sh -c echo three # buildkit",
  "COPY /app/sub/a.txt /e.txt # buildkit",
  "ARG LATE",
  "RUN |1 LATE= /bin/sh -c echo $LATE five # buildkit",
  "EXPOSE map[53/udp:{} 80/tcp:{}]",
  "VOLUME [/data /more]",
  "USER 1000:1000",
  "STOPSIGNAL SIGTERM",
  "SHELL [/bin/sh -ec]",
  "RUN |1 LATE= /bin/sh -ec echo six # buildkit",
  'HEALTHCHECK &{["CMD-SHELL" "wget -q localhost || exit 1"] "5s" "0s" "0s" "0s" \'\\x00\'}',
  'ENTRYPOINT ["/bin/sh" "-c"]',
  'CMD ["/bin/sh" "-ec" "echo hi $A"]',
];

const difference = (
  text: string,
  more: { history?: readonly string[]; layers?: readonly string[]; target?: string } = {},
) =>
  dockerfileDifference(text, {
    target: more.target,
    layers: more.layers ?? ["1", "2", "3"],
    history: [...baseHistory, ...(more.history ?? buildkit)],
    base: (name) =>
      Promise.resolve(name === "busybox:latest" ? { layers: ["1", "2"], history: baseHistory } : undefined),
  });

describe("an image's history", () => {
  it("is that of its Dockerfile", async () => {
    expect(await difference(dockerfile)).toBeUndefined();
  });

  it("is that of its Dockerfile where the engine does not have the base by itself", async () => {
    expect(await difference(dockerfile.replace("busybox:$TAG", "nginx"))).toBeUndefined();
  });

  it("is that of a stage", async () => {
    expect(await difference(dockerfile, { target: "base", history: buildkit.slice(0, 9) })).toBeUndefined();
    expect(await difference(dockerfile, { target: "0", history: buildkit.slice(0, 9) })).toBeUndefined();
    expect(await difference(dockerfile, { target: "other" })).toBe("the file has no stage other");
  });

  it.each([
    ["ENV A=b C", "ENV A=x C", "it was made by another ENV than that of line 5"],
    ['ENV A=b C="d e"', "ENV A=b", "it was made by another ENV than that of line 5"],
    ['x="y z"', 'x="y"', "it was made by another LABEL than that of line 6"],
    ["WORKDIR /app", "WORKDIR /ap", "it was made by another WORKDIR than that of line 7"],
    ["WORKDIR sub", "WORKDIR ub", "it was made by another WORKDIR than that of line 8"],
    ["COPY a.txt .", "COPY b.txt .", "it was made by another COPY than that of line 9"],
    ["/d e/", "/d/", "it was made by another COPY than that of line 11"],
    ["ADD a.txt", "COPY a.txt", "where line 12 has COPY, it was made by ADD"],
    ["echo two", "echo too", "it was made by another RUN than that of line 14"],
    ['RUN echo "one" \\\n', 'RUN cd / && echo "one" \\\n', "it was made by another RUN than that of line 14"],
    ['RUN echo "one" \\\n  # comment\n  && ', "RUN ", "it was made by another RUN than that of line 14"],
    ['"echo three"', '"echo four"', "it was made by another RUN than that of line 17"],
    ["ARG LATE", "ARG EARLY", "it was made by another ARG than that of line 19"],
    ["EXPOSE 80 53/udp", "EXPOSE 8 53/udp", "it was made by another EXPOSE than that of line 21"],
    ["EXPOSE 80 53/udp", "EXPOSE 80", "it was made by another EXPOSE than that of line 21"],
    ["VOLUME /data /more", "VOLUME /data", "it was made by another VOLUME than that of line 22"],
    ["USER 1000:1000", "USER 1000", "it was made by another USER than that of line 23"],
    ["SIGTERM", "SIGINT", "it was made by another STOPSIGNAL than that of line 24"],
    ['"-ec"', '"-c"', "it was made by another SHELL than that of line 25"],
    ["wget -q", "wget", "it was made by another HEALTHCHECK than that of line 27"],
    [
      'ENTRYPOINT ["/bin/sh", "-c"]',
      'ENTRYPOINT ["/bin/sh"]',
      "it was made by another ENTRYPOINT than that of line 28",
    ],
    ["CMD echo hi", "CMD echo ho", "it was made by another CMD than that of line 29"],
    ["CMD echo hi $A\n", "", "it also has CMD"],
    ["CMD echo hi $A\n", "CMD echo hi $A\nUSER 0\n", "the USER of line 30 is missing in it"],
    ["FROM base", "FROM scratch", "where line 14 has RUN, it was made by COPY"],
    ["FROM base", "", undefined],
  ])("is not that of a Dockerfile with %j instead of %j", async (right, wrong, sentence) => {
    expect(dockerfile).toContain(right);
    expect(await difference(dockerfile.replace(right, wrong))).toBe(sentence);
  });

  it("is on the base as that is now", async () => {
    expect(await difference(dockerfile, { layers: ["0", "2", "3"] })).toBe(
      "it is not built on busybox:latest as that is now",
    );
  });

  it("is read from the classic builder as well", async () => {
    const text =
      'FROM busybox:latest\nARG WORD=hi\nENV A="b c"\nCOPY a.txt /srv/\nRUN echo $WORD\nEXPOSE 80\nCMD ["httpd", "-f"]\n';
    const history = [
      "/bin/sh -c #(nop)  ARG WORD=hi",
      "/bin/sh -c #(nop)  ENV A=b c",
      "/bin/sh -c #(nop) COPY file:0123 in /srv/ ",
      "|1 WORD=a long word /bin/sh -c echo $WORD",
      "/bin/sh -c #(nop)  EXPOSE 80",
      '/bin/sh -c #(nop)  CMD ["httpd" "-f"]',
    ];
    expect(await difference(text, { history })).toBeUndefined();
    expect(await difference(text.replace("/srv/", "/app/"), { history })).toBe(
      "it was made by another COPY than that of line 4",
    );
    expect(await difference(text.replace("echo $WORD", "echo $OTHER"), { history })).toBe(
      "it was made by another RUN than that of line 5",
    );
    expect(await difference(text.replace('["httpd", "-f"]', "httpd -f"), { history })).toBe(
      "it was made by another CMD than that of line 7",
    );
  });
});
