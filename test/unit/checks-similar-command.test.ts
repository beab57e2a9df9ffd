import { describe, expect, it } from "vitest";
import { isSimilarCommand } from "../../src/checks/similar-command.ts";

describe("a command like the wanted one", () => {
  it.each([
    ["docker ps", "docker  ps"],
    ["docker ps", "  docker ps -a # all of them"],
    ["docker ps", "cd /tmp; docker ps"],
    ["docker ps", "sudo docker ps"],
    ["docker ps", "DOCKER_HOST=x docker ps | head"],
    ["docker run -d -p 8080:80 --name web nginx", "docker run --name=web -p 8080:80 -d nginx"],
    ["docker run -d -p 8080:80 --name web nginx", "docker run -dp 8080:80 --name web --rm nginx"],
    ["docker run -it busybox sh", "docker run -i -t busybox sh"],
    ["docker run busybox echo 'hello world'", 'docker run busybox echo "hello world"'],
    ["docker run busybox echo hello", "docker run busybox echo \\\n  hello"],
    ["docker exec * ls /", "docker exec web ls /"],
    ["docker run *", "docker run --rm busybox"],
    ["docker build -t hello:1 .", "docker build . -t hello:1"],
    ["echo hi > f", "echo hi >f"],
    ["echo a && ls", "echo a\nls -l"],
    ["docker logs web | grep error", "docker logs web 2>&1 | grep -i error"],
  ])("%s: %s", (wanted, line) => {
    expect(isSimilarCommand(wanted, line)).toBe(true);
  });

  it.each([
    ["docker ps", "echo docker ps"],
    ["docker ps", "docker images"],
    ["docker ps", "# docker ps"],
    ["docker ps", "echo 'docker ps'"],
    ["docker ps -a", "docker ps"],
    ["docker run -p 8080:80 nginx", "docker run -p 80:8080 nginx"],
    ["docker run -d nginx", "docker run -d httpd"],
    ["docker run busybox echo hello", "docker run busybox hello echo"],
    ["docker exec * ls", "docker exec ls"],
    ["docker rm a b", "docker rm a"],
    ["docker tag a b", "docker tag b a"],
    ["echo a && ls", "ls && echo a"],
    ["docker", ""],
  ])("not %s: %s", (wanted, line) => {
    expect(isSimilarCommand(wanted, line)).toBe(false);
  });

  it("takes time in proportion to what was pasted", () => {
    const start = performance.now();
    expect(isSimilarCommand("docker ps -a * x", `docker ${"a ".repeat(1_000_000)}`)).toBe(false);
    expect(isSimilarCommand("docker ps", '"'.repeat(1_000_000))).toBe(false);
    expect(performance.now() - start).toBeLessThan(1000);
  });
});
