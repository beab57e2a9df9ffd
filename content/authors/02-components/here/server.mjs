import { createServer } from "node:http";

const found = `Node.js ${process.version} on ${process.platform}, ${process.arch}\n`;

const server = createServer((request, response) => response.end(found));
server.listen(3000, () => console.log(`${found}Listening on port 3000`));

// The first process of a container is stopped by a signal only if it says so itself.
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit());
