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
    ["docker run -p 8080:80 nginx", "docker run -p8080:80 nginx"],
    ["docker run -d -p 8080:80 nginx", "docker run -dp8080:80 nginx"],
    ["docker run -e A=b busybox", "docker run -eA=b busybox"],
    ["docker run -e A=b -e C=d busybox", "docker run --env C=d --env=A=b busybox"],
    ["docker run --name web nginx", "docker run --rm --name web nginx"],
    ["docker run --name * nginx", "docker run --name web nginx"],
    ["docker run -it busybox", "docker run --interactive --tty=true busybox"],
    ["docker run nginx", "docker run --entrypoint sh nginx -c date"],
    ["docker run busybox ls -l /", "docker run --rm busybox ls / -l"],
    ["docker exec -it web sh", "docker exec -ti web sh -c date"],
    ["docker ps -a", "docker ps --all"],
    ["docker ps --all", "docker ps -qa"],
    ["docker ps --filter name=web", "docker ps -fname=web"],
    ["docker build -t hello:1 .", "docker build --tag=hello:1 ."],
    ["docker build -t hello:1 -f a.dockerfile .", "docker build . --file a.dockerfile -thello:1"],
    ["docker logs -n 5 web", "docker logs --tail=5 web"],
    ["docker logs -f web", "docker logs web --follow"],
    ["docker stop -t 1 web", "docker stop --timeout 1 web"],
    ["docker rm -f web", "docker rm web db --force"],
    ["docker compose up -d", "docker compose -f other.yaml up --detach"],
    ["docker compose exec web ls", "docker compose exec -T web ls -l"],
    ["docker ps", "docker --debug ps"],
    ["docker", "docker ps"],
    ["head -n 5 a", "head -n5 a"],
    ["tail -20 a", "tail a -20"],
    ["tar --file=a x", "tar x --file a"],
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
    ["docker run --rm busybox", "docker run busybox --rm"],
    ["docker run -d nginx", "docker run nginx echo -d"],
    ["docker run -d nginx", "docker run -d busybox nginx"],
    ["docker run --name web nginx", "docker run --name nginx web"],
    ["docker run nginx", "docker run --name nginx busybox"],
    ["docker run -e A=b nginx", "docker run -e A=c nginx"],
    ["docker run -p 8080:80 -p 90:90 nginx", "docker run -p 8080:80 nginx"],
    ["docker run --rm nginx", "docker run --rm=false nginx"],
    ["docker run busybox ls -l", "docker run -l a=b busybox ls"],
    ["docker exec web ls -a", "docker exec web ls"],
    ["docker ps", "docker help ps"],
    ["docker ps", "docker compose ps"],
    ["docker compose up", "docker compose -f up ps"],
    ["docker --debug ps", "docker ps --debug"],
    ["docker ps -a", "docker ps -f name=-a"],
    ["docker logs -n 5 web", "docker logs -n 50 web"],
    ["docker rm -f web", "docker rm -v web"],
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
