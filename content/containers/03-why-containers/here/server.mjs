// A shop in one file. It says what an order costs, and what it finds where it runs.
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { cpus, hostname, totalmem } from "node:os";

const port = Number(process.env.PORT ?? 3000);

function invoice() {
  let total = 0;
  for (const line of readFileSync("order.txt", "utf8").trim().split("\n")) {
    const [, count, price] = line.split(" ");
    total += Number(count) * Number(price);
  }
  return `To pay: ${total} ${process.env.CURRENCY ?? "of what? CURRENCY is not set"}`;
}

const { locale, timeZone } = Intl.DateTimeFormat().resolvedOptions();
const found = {
  "Node.js": process.version,
  platform: `${process.platform}, ${process.arch}`,
  "host name": hostname(),
  user: process.getuid?.() ?? "unknown",
  processors: cpus().length,
  memory: `${Math.round(totalmem() / 1e6)} MB`,
  "language, time": `${locale}, ${timeZone}`,
  "working folder": process.cwd(),
  "folders in /": readdirSync("/").join(" "),
};
const report = Object.entries(found).map(([name, value]) => `${name.padEnd(15)} ${value}`);

const server = createServer((request, response) => {
  response.setHeader("Content-Type", "text/plain; charset=utf-8");
  response.end(`${[invoice(), "", ...report].join("\n")}\n`);
});
server.listen(port, () => console.log([invoice(), "", ...report, "", `Listening on port ${port}`].join("\n")));

// The first process of a container is stopped by a signal only if it says so itself.
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit());
