import type { Files } from "./fixtures.ts";

const intro = String.raw`---
author: us
---

Braces {a}, \{escaped\}, \<b>, a < b and \*stars\*.
import is a word, and so is
export on a line of its own.

[One](https://example.com/one) and [two][] and [three][other].

[two]: https://example.com/(two)
[other]: <https://example.com/a b> "A title"
[unused]: https://example.com/unused
`;

const lists = String.raw`1. First:

   ~~~bash
   cat > a.yaml <<EOF
   services:


     web: {}
   EOF
   ~~~{{exec}}

   The item goes on with {braces}.

   - A nested item with ${"`docker ps {x}`"}{{exec}}

     and more of it.

2. Second:

       indented {code}

         goes on

   > A quotation
   >
   > ~~~
   > docker ps {y}
   >
   > docker images
   > ~~~{{exec}}
   >
   > ends.

Code over ${"`two\n{lines} <b>`"} of it, and ${"`docker run \\\n  busybox`"}{{exec interrupt}}.

> [!CAUTION]
> In a callout:
>
> ~~~sh
> docker rm {z}
> ~~~{{exec}}
>
> ~~~json
> {"a": {
>
>   "b": 1}}
> ~~~

<details><summary>Solution with <code>{x}</code></summary>

1. Do this:

   ~~~
   docker ps
   ~~~{{exec}}

   which says

   ~~~
   nothing {much}
   ~~~

2. And ${"`docker images`"}{{exec}}.

</details>
`;

const html = String.raw`a<br>b, <code>{x}</code>, <B>bold</B> and <a href="https://example.com/{y}">a link</a>.

<div align="center">
<p>In a <i>block</i> with {braces}</p>
</div>

<pre><code class="x">a &lt; {b}

    c
</code></pre>

<!-- first

second {third} -->
Text right after <!-- inline --> it.

- item
  <!-- in a list -->
  goes on

${"`docker info`{{exec}} and `to copy`{{copy}}"}.

<details>
<summary>Tip</summary>
Text in the block, ${"`code {x}`"}.
</details>
`;

export const verifyScript = String.raw`cat <<EOF | grep -q 'a: "${"${HOME}"}"'
root:
    a: "${"${HOME}"}"
	tab
EOF

[ "\\" ] && echo ${"`hostname`"}
`;

/** Our own scenario with what is easily lost or changed: code within lists and quotations, empty lines, HTML, references. */
export const tangledScenario: Files = {
  "index.json": JSON.stringify({
    title: 'Untangle: a "real" & long one {x}',
    description: "Everything within everything.",
    time: "1 hour",
    details: {
      intro: { title: "Intro {x} <b> *y* # `z`", text: "intro/text.md" },
      steps: [
        { title: 'Lists {a} & "b"', text: "step1/text.md", verify: "step1/verify.sh" },
        { title: "HTML", text: "step2/text.md" },
      ],
      assets: { host01: [{ file: "*.conf", target: "~/conf" }] },
    },
  }),
  "intro/text.md": intro,
  "step1/text.md": lists,
  "step1/verify.sh": `#!/bin/bash -e\n${verifyScript}`,
  "step2/text.md": html,
  "assets/a.conf": "a\n",
  "assets/b.conf": "b\n",
};
