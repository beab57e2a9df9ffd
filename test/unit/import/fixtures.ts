import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** Content by path. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

/** A folder with these files, below the system's folder for temporary ones. */
export async function folderOf(files: Files): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "drydock-import-"));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return folder;
}

/** A picture of one pixel. */
export const pixel = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "base64",
);

/** Our own scenario in Killercoda's form, with one of each thing that the form has. */
export const killercodaScenario: Files = {
  "index.json": JSON.stringify({
    title: "Serve a page",
    description: "Start a web server in a container and fetch a page from it.",
    difficulty: "beginner",
    time: "10 minutes",
    details: {
      intro: { text: "intro.md", background: "setup.sh" },
      steps: [
        { title: "Start the server", text: "step1/text.md", verify: "step1/verify.sh" },
        { title: "Look at it", text: "step2.md", foreground: "greet.sh" },
        { title: "Read this", text: "step3.md" },
      ],
      finish: { text: "finish.md" },
      assets: {
        host01: [
          { file: "page.html", target: "~/site", chmod: "+x" },
          { file: "tool.sh", target: "/usr/local/bin" },
        ],
        host02: [{ file: "page.html", target: "/root" }],
      },
    },
    backend: { imageid: "kubernetes-kubeadm-1node" },
    interface: { layout: "terminal" },
  }),
  "intro.md":
    "# Welcome\n\nThis is about {curly} things & <b>bold</b> ones.<br>\n<!-- say more -->\nSee <https://docs.docker.com>.\n",
  "setup.sh": "#!/bin/bash\ndocker pull nginx\n",
  "greet.sh": "echo hello\n",
  "step1/text.md": `
# Start the server

Run \`docker run -d --name web busybox httpd -f\`{{exec}} and go on.
\`not clickable\`{{}} and \`copied\`{{copy}}.

\`\`\`
docker ps
docker logs web
\`\`\`{{exec interrupt}}

\`\`\`yaml
a: 1
\`\`\`{{copy}}

\`\`\`
docker stats
\`\`\`{{exec T2}}

[OPEN IT]({{TRAFFIC_HOST1_8080}}/index.html)

[All ports]({{TRAFFIC_SELECTOR}})

<details><summary>Tip</summary>

Look at \`docker ps\`.

</details>

<details>
<summary>Solution</summary>

\`\`\`plain
docker run -d --name web -p 8080:80 busybox httpd -f
\`\`\`{{exec}}

</details>
`,
  "step1/verify.sh": '#!/bin/bash\nset -e\ndocker ps --format "{{.Names}}" | grep -q `echo web`\n[ -n "${HOME}" ]\n',
  "step2.md":
    'Setext\n======\n\n![The page](./page.png)\n![Far away](https://example.com/far.png)\n![](assets/page2.png)\n\n`docker inspect web`{{exec}}\n\n<iframe src="x"></iframe>\n\n    indented code\n\nexport is a word.\n',
  "step3.md": "Nothing to do here.\n\n> [!WARNING]\n> Mind the `{gap}`.\n> And this <u>one</u>.\n",
  "finish.md": "Well done.\n",
  "page.png": pixel,
  "assets/page2.png": pixel,
  "assets/page.html": "<h1>Hello</h1>\n",
  "assets/tool.sh": "#!/bin/sh\necho tool\n",
};

/** Our own Labspace, with one of each thing that the form has. */
export const labspaceProject: Files = {
  "labspace.yaml": `title: Build an image
description: |
  Write a Dockerfile and build it.
sections:
  - title: Write it
    contentPath: .labspace/01-write.md
  - title: Run it
    contentPath: .labspace/02-run.md
theme: dark
`,
  ".labspace/01-write.md": `# Write it

::variableDefinition[username]{prompt="Your name?"}

1. Save this \`Dockerfile\`:

    \`\`\`dockerfile save-as=Dockerfile
    FROM busybox
    CMD ["echo", "hello"]
    \`\`\`

2. Open :fileLink[the file]{path="Dockerfile" line=2}.

3. Build it:

    \`\`\`bash
    docker build -t $$username$$/hello .
    \`\`\`

> [!TIP]
> The dot matters.
`,
  ".labspace/02-run.md": `# Run it

\`\`\`console
$ docker run --rm hello
hello
\`\`\`

\`\`\`bash terminal-id=logs
docker events
\`\`\`

\`\`\`bash no-run-button
docker ps
\`\`\`

\`\`\`plaintext no-copy-button
CONTAINER ID   IMAGE
\`\`\`

\`\`\`bash wobble=3
docker images
\`\`\`

Open ::tabLink[the app]{href="http://localhost:3000" title="App"}, ::unknownThing[words]{a=b}.

\`\`\`mermaid
graph TD;
\`\`\`

\`\`\`text save-as=~/outside.txt
out
\`\`\`

![Screen](/.labspace/images/screen.png)
`,
  ".labspace/images/screen.png": pixel,
  ".labspace/compose.override.yaml": "services:\n  workspace:\n    image: labspace-node\n",
  "src/index.js": "console.log('hello');\n",
};
