import { stringify } from "yaml";
import type { LessonRequest } from "./questions.ts";

/** A whole small lesson, for its author to change bit by bit: it has every part a step can have, and can be solved as it is. */
export function draftLesson({ title, summary, minutes, level }: LessonRequest, name: string): string {
  const frontMatter = stringify(
    {
      title,
      summary,
      minutes,
      level,
      objectives: ["run a container in the background, and see that it is there"],
      machine: { images: ["busybox:latest"] },
    },
    { lineWidth: 0 },
  );
  return `---
${frontMatter}---

{/* This lesson works as it stands. Put your own words, steps and checks in its place. */}

{/* \`npm run lessons -- ${name}\` proves now and then that every step can still be solved. */}

Say here what the reader is going to do, and what for.

<Step id="run-a-container" title="Run a container">

Explain one thing, then have the reader do it:

\`\`\`sh run
docker run -d --name hello busybox sleep 1000
\`\`\`

<Check kind="container" name="hello" image="busybox" state="running" />

<Hint>A nudge for whoever is stuck, which does not give the answer away.</Hint>

<Solution>

\`\`\`sh run
docker run -d --name hello busybox sleep 1000
\`\`\`

</Solution>

{/* What a reader may do by mistake. It is not shown; the lesson's test carries it out and sees that it is refused. */}

<Wrong because="the program ends at once, so the container does not go on running">

\`\`\`sh run
docker run -d --name hello busybox true
\`\`\`

\`\`\`sh run undo
docker rm --force hello
\`\`\`

</Wrong>
</Step>

<Step id="think-about-it" title="Think about it">

<Quiz id="background" question="What does -d do?">
  <Answer right>
    The container runs in the background.
    <Because>Detached from your terminal, it goes on running while you type the next command.</Because>
  </Answer>
  <Answer>
    The container is deleted when it has ended.
    <Because>That is \`--rm\`.</Because>
  </Answer>
</Quiz>

</Step>
`;
}
