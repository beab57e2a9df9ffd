// Over 250 lines because it is one list of malformed lessons, each with the message that it gives.
import { describe, expect, it } from "vitest";
import { liveFigures } from "../../src/lessons/components.ts";
import { describeMistake } from "../../src/lessons/lesson-error.ts";
import type { CheckSpec } from "../../src/lessons/model.ts";
import { examineLesson } from "../../src/lessons/read-lesson.ts";
import type { ReadLessonOptions } from "../../src/lessons/reading.ts";
import { check, hint, lesson, options, solution, step, withEntry } from "./lessons-sources.ts";

const rest = `${hint}\n\n${solution}`;
const good = `${check}\n\n${rest}`;
const whole = step(good);
const fence = (words: string, text = "ls") => `\`\`\`${words}\n${text}\n\`\`\``;
const inStep = (inside: string) => step(`${inside}\n\n${good}`);
const answer = "<Answer>A <Because>It is.</Because></Answer>";
const figures = liveFigures.map((name) => `live="${name}"`);
const rightAnswer = "<Answer right>B <Because>It is.</Because></Answer>";
const quiz = (inside: string, attributes = "") =>
  inStep(`<Quiz id="q" question="Q?"${attributes}>\n${inside}\n</Quiz>`);

/** A name, the lesson, and what its author is told: line, problem and remedy. */
type Malformed = readonly [name: string, source: string, ...told: string[]];

const malformed: Readonly<Record<string, readonly Malformed[]>> = {
  "front matter": [
    [
      "is not there",
      "Hello.",
      "1  The lesson has no front matter. Begin the file with ---, title: and the rest, and ---.",
    ],
    [
      "is empty",
      whole.replace(/^---[^]*?---/, "---\n---"),
      "1  The front matter is empty. Write one `name: value` a line.",
    ],
    [
      "is not YAML",
      whole.replace("Say hello", "a: b"),
      "2  The front matter is not YAML: Nested mappings are not allowed in compact mappings. Write one `name: value` a line; put a value with a colon in quotes.",
    ],
    [
      "has an entry twice",
      withEntry("level: beginner", whole),
      "6  The front matter is not YAML: Map keys must be unique. Write one `name: value` a line; put a value with a colon in quotes.",
    ],
    [
      "has an unknown entry",
      withEntry("mintues: 1", whole),
      '6  The front matter has an unknown entry "mintues". There may be title, summary, minutes, level, objectives, prerequisites, machine, startsFrom.',
    ],
    [
      "lacks the title",
      whole.replace("title: Say hello\n", ""),
      '1  The front matter lacks "title". Write title: Build and run your first image.',
    ],
    [
      "has an empty title",
      whole.replace("title: Say hello", "title: ''"),
      '2  "title" is empty. Write title: Build and run your first image.',
    ],
    [
      "has a long title",
      whole.replace("title: Say hello", `title: ${"x".repeat(81)}`),
      '2  "title" is longer than 80 characters. Write title: Build and run your first image.',
    ],
    [
      "has a number as its title",
      whole.replace("title: Say hello", `title: 2048`),
      '2  "title" must be text, but is 2048. Put it in quotes: "2048".',
    ],
    [
      "lacks the summary",
      whole.replace("summary: A lesson for the tests.", "summary:"),
      '3  "summary" must be text, but is empty. Write summary: and one or two sentences for the course page, up to 240 characters.',
    ],
    [
      "has words for minutes",
      whole.replace("minutes: 5", "minutes: five"),
      '4  "minutes" must be a number, but is "five". Write minutes: 15, or another whole number up to 60.',
    ],
    [
      "has too many minutes",
      whole.replace("minutes: 5", "minutes: 90"),
      '4  "minutes" must be at most 60, but is 90. Write minutes: 15, or another whole number up to 60.',
    ],
    [
      "has part of a minute",
      whole.replace("minutes: 5", "minutes: 2.5"),
      '4  "minutes" must be a whole number, but is 2.5. Write minutes: 15, or another whole number up to 60.',
    ],
    [
      "has a level of its own",
      whole.replace("beginner", "easy"),
      '5  "level" must be beginner, intermediate or advanced, but is "easy". Write level: beginner, intermediate or advanced.',
    ],
    [
      "has no objectives",
      whole.replace("[say hello]", "[]"),
      '6  "objectives" needs at least one entry. Write objectives: and a list, each entry the end of “You can …”.',
    ],
    [
      "has an empty objective",
      whole.replace("[say hello]", "[say, '']"),
      '6  Entry 2 of "objectives" is empty. Write objectives: and a list, each entry the end of “You can …”.',
    ],
    [
      "has one prerequisite",
      withEntry("prerequisites: to read", whole),
      '6  "prerequisites" must be a list, but is "to read". Write prerequisites: and a list of what to know before, or leave it out.',
    ],
    [
      "has a machine that is no list",
      withEntry("machine: swarm", whole),
      '6  "machine" must be a list of `name: value`, but is "swarm". Write machine: and below it terminals, images or features, or leave it out.',
    ],
    [
      "has too many terminals",
      withEntry("machine:\n  terminals: 4", whole),
      '7  "terminals" must be at most 3, but is 4. Write terminals: and a number from 1 to 3.',
    ],
    [
      "has an image without its tag",
      withEntry("machine: { images: [busybox] }", whole),
      '6  Entry 1 of "images" is "busybox", which is not right. Write images: and a list of images with their tags, such as [busybox:latest].',
    ],
    [
      "has an image that the machine has not",
      withEntry("machine: { images: ['busybox:latest', 'nginx:1'] }", whole),
      "6  The machine does not have the image nginx:1. It has busybox:latest, hello-world:latest.",
    ],
    [
      "has a feature that no machine has",
      withEntry("machine: { features: [kubernetes] }", whole),
      '6  Entry 1 of "features" must be buildkit, compose or swarm, but is "kubernetes". Write features: and a list of buildkit, compose and swarm.',
    ],
    [
      "has an unknown need",
      withEntry("machine: { memory: 1 }", whole),
      '6  The front matter has an unknown entry "memory". There may be terminals, images, features.',
    ],
    [
      "starts from a lesson that is not there",
      withEntry("startsFrom: nothing", whole),
      '6  "startsFrom" is "nothing", which is no earlier lesson of the course. Before it come before, broken.',
    ],
    [
      "starts from a lesson with mistakes",
      withEntry("startsFrom: broken", whole),
      '6  The lesson starts from "broken", which has mistakes itself. Correct that lesson first.',
    ],
  ],
  MDX: [
    [
      "leaves a tag open",
      lesson('<Step id="a" title="A">\n\nHello.'),
      "9  This is not MDX: Expected a closing tag for `<Step>` (9:1-9:24). Close every tag, and write a literal { or < as \\{ or \\<.",
    ],
    [
      "leaves a tag open in a line",
      quiz("<Answer>A\n<Because>It is.</Because>\n</Answer>"),
      "12  This is not MDX: Expected a closing tag for `<Answer>` (12:1-12:9) before the end of `paragraph`. Write the whole element on one line, or its opening and its closing tag each on a line of its own.",
    ],
    [
      "writes a loose brace",
      lesson("Type { here."),
      "9  This is not MDX: Unexpected end of file in expression, expected a corresponding closing brace for `{`. Close every tag, and write a literal { or < as \\{ or \\<.",
    ],
    [
      "writes half a value",
      inStep('<Check kind="http" port={80 /> '),
      "11  This is not MDX: Unexpected end of file in expression, expected a corresponding closing brace for `{`. Close every tag, and write a literal { or < as \\{ or \\<.",
    ],
    [
      "writes a wrong value",
      inStep('<Check kind="http" port={8 0} />'),
      '11  This is not MDX: Could not parse expression with acorn. Write a whole value between the braces: {80}, {["a", "b"]} or {{"80/tcp": 8080}}. A literal { is \\{.',
    ],
    [
      "has a comment of HTML",
      inStep("<!-- later -->"),
      "11  This is not MDX: Unexpected character `!` (U+0021) before name, expected a character that can start a name, such as a letter, `$`, or `_`. Write a comment as {/* … */}.",
    ],
    [
      "imports something",
      lesson('import x from "y"'),
      "9  A lesson imports or exports. Leave it out: every component is there without an import.",
    ],
    [
      "computes a word",
      inStep("It is {1 + 1}."),
      "11  A lesson computes {1 + 1}. Write the words themselves, or \\{ for a brace.",
    ],
    [
      "computes with a space in it",
      inStep('It is {" a "}.'),
      '11  A lesson computes {" a "}. Write the words themselves, or \\{ for a brace.',
    ],
    [
      "has no step",
      lesson("Only words."),
      '1  The lesson has no step. Put what the reader does into <Step id="…" title="…"> … </Step>.',
    ],
    [
      "uses a component that is not there",
      inStep("<Hnit>x</Hnit>"),
      "11  There is no component <Hnit>. There are Step, Check, Hint, Solution, Wrong, Quiz, Answer, Because, Note, Warning, Term, Figure, SmallMachine, RunHere, Slide, Notes, Tabs, Tab, Compare, Side, File.",
    ],
    [
      "uses one that only the site itself uses",
      inStep('<CommandBlock command="ls" />'),
      "11  There is no component <CommandBlock>. There are Step, Check, Hint, Solution, Wrong, Quiz, Answer, Because, Note, Warning, Term, Figure, SmallMachine, RunHere, Slide, Notes, Tabs, Tab, Compare, Side, File.",
    ],
    [
      "writes components in small letters",
      inStep('<check kind="file" path="a" />\n\n<Check any>\n<check kind="file" />\n</Check>\n\n<hint>Look.</hint>'),
      "11  There is no <check>. Write <Check>.",
      "14  There is no <check>. Write <Check>.",
      "17  There is no <hint>. Write <Hint>.",
    ],
    ["writes a component in capitals", inStep("<NOTE>Look.</NOTE>"), "11  There is no <NOTE>. Write <Note>."],
    [
      "writes a step in small letters",
      lesson(`<step id="a" title="A">\n\n${good}\n\n</step>`),
      "9  There is no <step>. Write <Step>.",
    ],
    [
      "writes a quiz in small letters",
      inStep(`<quiz id="q" question="Q?">\n${answer}\n<answer right>B <because>It is.</because></answer>\n</quiz>`),
      "11  There is no <quiz>. Write <Quiz>.",
      "13  There is no <answer>. Write <Answer>.",
      "13  There is no <because>. Write <Because>.",
    ],
    [
      "writes a figure as HTML",
      inStep('<figure src="dock.svg" alt="A dock" />'),
      "11  There is no <figure>. Write <Figure>.",
    ],
    [
      "misspells a component that could be missed",
      inStep('<chek kind="file" path="/workspace/x" />'),
      "11  A lesson has <chek>. Write a component, with a capital letter, or an element of HTML for words, such as <kbd>.",
    ],
    [
      "has a script",
      inStep("<script>1</script>"),
      "11  A lesson has <script>. Write a component, with a capital letter, or an element of HTML for words, such as <kbd>.",
    ],
    [
      "has an element that does something",
      inStep('<b onclick="x()">x</b>'),
      '11  <b> has "onclick". Leave it out: a lesson has no scripts of its own.',
    ],
    [
      "has a picture in Markdown",
      inStep("![A dock](dock.png)"),
      '11  A picture is written as ![…]. Put it beside lesson.mdx and write <Figure src="layers.svg" alt="Three layers on top of each other" />.',
    ],
    [
      "has a heading as high as the title",
      inStep("# Hello"),
      "11  A heading starts with #. Use ### or deeper: the step's title is above it.",
    ],
    [
      "has a heading as high as a step",
      inStep("## Hello"),
      "11  A heading starts with ##. Use ### or deeper: the step's title is above it.",
    ],
  ],
  Step: [
    [
      "has no id",
      step(good, 'title="A"'),
      '9  <Step> has no "id". Write <Step id="first-run" title="Run a container">.',
    ],
    [
      "has a bad id",
      step(good, 'id="First Run" title="A"'),
      '9  "id" of <Step> is "First Run". Write small letters, digits and dashes: id="first-run".',
    ],
    [
      "has no title",
      step(good, 'id="a"'),
      '9  <Step> has no "title". Write <Step id="first-run" title="Run a container">.',
    ],
    [
      "has an empty title",
      step(good, 'id="a" title=" "'),
      '9  "title" of <Step> is empty. Write text in quotes: title="…".',
    ],
    [
      "has an unknown attribute",
      step(good, 'id="a" title="A"\n  name="x"'),
      '10  <Step> has an unknown attribute "name". It takes id, title, covers: <Step id="first-run" title="Run a container">.',
    ],
    [
      "covers a deed that is not in the curriculum",
      step(good, 'id="a" title="A"\ncovers="boats.sail boats.row"'),
      '10  content/curriculum.yaml has no deed "boats.row". Its row "boats" has boats.sail, boats.moor.',
    ],
    [
      "covers a deed of a row that is not in the curriculum",
      step(good, 'id="a" title="A" covers={["sail"]}'),
      '9  content/curriculum.yaml has no deed "sail". Write row.deed; its rows are boats.',
    ],
    [
      "covers a deed twice",
      step(good, 'id="a" title="A" covers="boats.sail boats.sail"'),
      '9  "covers" of <Step> has "boats.sail" twice. Keep one of them.',
    ],
    [
      "covers a number",
      step(good, 'id="a" title="A" covers={1}'),
      '9  "covers" of <Step> is 1. Write words in quotes with spaces between them: covers="… …".',
    ],
    [
      "covers an empty list",
      step(good, 'id="a" title="A" covers={[]}'),
      '9  "covers" of <Step> is []. Write words in quotes with spaces between them: covers="… …".',
    ],
    ["has an attribute twice", step(good, 'id="a" id="b" title="A"'), '9  <Step> has "id" twice. Keep one of them.'],
    [
      "has the id of another",
      lesson(`<Step id="a" title="A">\n${good}\n</Step>\n\n<Step id="a" title="B">\n${good}\n</Step>`),
      '23  Two steps have the id "a". Give each step an id of its own.',
    ],
    [
      "is in another",
      inStep('<Step id="b" title="B">\n\nHello.\n\n</Step>'),
      "11  A step is inside something else. Put <Step> at the start of a line, outside everything.",
    ],
    [
      "has no check",
      step(rest),
      '9  Step "hello" has no check. Add what ticks it: <Check kind="container" image="busybox" />, or a <Quiz>.',
    ],
    [
      "has no hint",
      step(`${check}\n\n${solution}`),
      '9  Step "hello" has no hint. Add <Hint> with a nudge that does not give the answer away.',
    ],
    [
      "has no solution",
      step(`${check}\n\n${hint}`),
      '9  Step "hello" has no solution. Add <Solution> with a block marked ```sh run, or file=PATH.',
    ],
    ["has two solutions", inStep(solution), "23  A step has two solutions. Put all of it into one <Solution>."],
  ],
  Check: [
    [
      "has no kind",
      inStep('<Check path="x" />'),
      '11  A check has no kind. Say what it asks: <Check kind="image" reference="hello:1" />.',
    ],
    [
      "is of a kind that nobody knows",
      inStep('<Check kind="flie" path="x" />'),
      '11  There is no check of the kind "flie". The authors\' guide lists what each kind of check takes.',
    ],
    [
      "has content",
      inStep('<Check kind="file">Hello</Check>'),
      '11  A check has content. Write it closed in itself, <Check kind="image" reference="hello:1" />, or combine others: <Check any>, <Check all>, <Check not>.',
    ],
    [
      "is computed",
      inStep('<Check\n  kind="file"\n  port={80 + 1}\n/>'),
      '13  "port" of <Check> would have to be computed. Write its value out: "text", {80}, {true}, {["a", "b"]} or {{"80/tcp": 8080}}.',
    ],
    ["is spread", inStep('<Check {...all} kind="file" />'), "11  <Check> is given {…}. Write each value by its name."],
    [
      "is in a note",
      inStep(`<Note>\n\n${check}\n\n</Note>`),
      "13  <Check> is in <Note>. Put it directly into <Step>, on lines of its own.",
    ],
    [
      "is in a line of text",
      inStep(`Look: ${check}`),
      "11  <Check> is amid other text. Put it directly into <Step>, on lines of its own.",
    ],
    [
      "is outside a step",
      whole + check,
      "24  <Check> is not in <Step>. Put it directly into <Step>, on lines of its own.",
    ],
    [
      "is of the kind any",
      inStep('<Check kind="any" />'),
      '11  A check is of the kind "any". Write <Check any> around others.',
    ],
    [
      "is of the kind quiz",
      inStep('<Check kind="quiz" quiz="q" />'),
      '11  A check is of the kind "quiz". Write <Quiz id="…" question="…"> instead.',
    ],
    [
      "combines nothing",
      inStep("<Check any></Check>"),
      '11  <Check any> combines nothing. Put checks into it: <Check any><Check kind="image" reference="hello:1" /></Check>.',
    ],
    [
      "combines words",
      inStep(`<Check all>\n\nHello\n\n${check}\n\n</Check>`),
      "13  <Check all> holds something beside <Check>. Take it out; write words before or after the check.",
    ],
    [
      "combines and asks",
      inStep(`<Check not kind="file">${check}</Check>`),
      "11  <Check not> is also given kind. Write <Check not> and put the checks that it combines into it.",
    ],
    [
      "combines with a value",
      inStep(`<Check any="two">${check}</Check>`),
      '11  <Check any> is also given any="two". Write <Check any> and put the checks that it combines into it.',
    ],
    [
      "waits inside of another",
      inStep('<Check any><Check kind="file" after="x" /></Check>'),
      "11  A check inside <Check any> has after. Write it on <Check any> itself.",
    ],
    [
      "combines one that is wrong",
      inStep('<Check any>\n<Check kind="file" />\n<Check kind="flie" />\n</Check>'),
      '13  There is no check of the kind "flie". The authors\' guide lists what each kind of check takes.',
    ],
    [
      "has a bad id",
      inStep('<Check kind="file" id="First" />'),
      '11  "id" of <Check> is "First". Write small letters, digits and dashes: id="image-built".',
    ],
    [
      "has the id of another",
      inStep('<Check kind="file" id="x" />\n<Check kind="file" id="x" />'),
      '12  Two checks of the step have the id "x". Give each an id of its own.',
    ],
    [
      "is after one that is not there",
      inStep('<Check kind="file" id="x" />\n<Check kind="file" after="y" />'),
      '12  A check is after "y", which is no check of the step. The step has the ids x.',
    ],
    [
      "is after one without an id",
      inStep('<Check kind="file" after="y" />'),
      '11  A check is after "y", which is no check of the step. Give the check that comes first an id: id="y".',
    ],
    [
      "is after itself",
      inStep('<Check kind="file" id="x" after="y" />\n<Check kind="file" id="y" after="x" />'),
      '11  A check that is after "y" waits for itself. Take one after out: a check can only wait for one that does not wait for it.',
    ],
  ],
  "Hint, Solution and Wrong": [
    [
      "a hint before the steps",
      lesson(`${hint}\n\n<Step id="a" title="A">\n${good}\n</Step>`),
      "9  <Hint> is not in <Step>. Put it directly into <Step>, on lines of its own.",
    ],
    ["an empty hint", inStep("<Hint></Hint>"), "11  <Hint> is empty. Write something between <Hint> and </Hint>."],
    [
      "a hint with a title",
      inStep('<Hint title="x">x</Hint>'),
      '11  <Hint> has an unknown attribute "title". Write <Hint>.',
    ],
    [
      "a solution that solves nothing",
      step(`${check}\n\n${hint}\n\n<Solution>\n\nThink.\n\n</Solution>`),
      "17  A solution solves nothing. Put a block marked ```sh run or file=PATH into it.",
    ],
    [
      "a block that does nothing",
      step(`${check}\n\n${hint}\n\n<Solution>\n\n${fence("sh")}\n\n${fence("sh run")}\n\n</Solution>`),
      "19  A solution has a block that does nothing. Mark it ```sh run to be typed, file=PATH to be written, or ```output or copy to be shown only.",
    ],
    [
      "a block that does nothing in a note of a solution",
      step(
        `${check}\n\n${hint}\n\n<Solution>\n\n<Note>\n\n${fence("sh")}\n\n</Note>\n\n${fence("sh run")}\n\n</Solution>`,
      ),
      "21  A solution has a block that does nothing. Mark it ```sh run to be typed, file=PATH to be written, or ```output or copy to be shown only.",
    ],
    [
      "one of several ways in a solution",
      step(
        `${check}\n\n${hint}\n\n<Solution>\n\n${fence("sh run")}\n\n<Tabs>\n<Tab title="A">\n\n${fence("sh run")}\n\n</Tab>\n<Tab title="B">\n\n<Note>\n\n${fence("text file=a")}\n\n</Note>\n</Tab>\n</Tabs>\n</Solution>`,
      ),
      "26  A solution has a block in <Tabs>. Put what is to be done beside the <Tabs>: it is carried out from top to bottom, not one way or another.",
      "35  A solution has a block in <Tabs>. Put what is to be done beside the <Tabs>: it is carried out from top to bottom, not one way or another.",
    ],
    [
      "wrong work that compares",
      inStep(
        `<Wrong because="x">\n\n${fence("sh run")}\n\n<Compare>\n<Side title="A">a</Side>\n<Side title="B">\n\n${fence("sh run undo")}\n\n</Side>\n</Compare>\n</Wrong>`,
      ),
      "21  Wrong work has a block in <Compare>. Put what is to be done beside the <Compare>: it is carried out from top to bottom, not one way or another.",
    ],
    [
      "wrong work without a reason",
      inStep(`<Wrong>\n\n${fence("sh run")}\n\n</Wrong>`),
      '11  <Wrong> has no "because". Write <Wrong because="the image has no tag">.',
    ],
    [
      "wrong work that only undoes",
      inStep(`<Wrong because="x">\n\n${fence("sh run undo")}\n\n</Wrong>`),
      "11  Wrong work does nothing. Put what is mistaken into it, as a block marked ```sh run or file=PATH without undo.",
    ],
    [
      "undo in a solution",
      step(`${check}\n\n${hint}\n\n<Solution>\n\n${fence("sh run undo")}\n\n</Solution>`),
      '19  A code block says "undo" outside of <Wrong>. Leave undo out.',
    ],
  ],
  Quiz: [
    [
      "has no question",
      inStep(`<Quiz id="q">\n${answer}\n${rightAnswer}\n</Quiz>`),
      '11  <Quiz> has no "question". Write <Quiz id="layers" question="How many layers does the image have?">.',
    ],
    [
      "has a type of its own",
      quiz(`${answer}\n${rightAnswer}`, ' type="two"'),
      '11  "type" of <Quiz> is "two". Write one of type="one", type="many", type="order", type="number".',
    ],
    [
      "has the id of another",
      inStep(
        `<Quiz id="q" question="Q?">\n${answer}\n${rightAnswer}\n</Quiz>\n\n<Quiz id="q" question="Q?">\n${answer}\n${rightAnswer}\n</Quiz>`,
      ),
      '16  Two quizzes have the id "q". Give each quiz an id of its own.',
    ],
    [
      "is in a note",
      inStep(`<Note><Quiz id="q" question="Q?" /></Note>`),
      "11  <Quiz> is in <Note>. Put it directly into <Step>, or outside of everything, on lines of its own.",
    ],
    ["has one answer", quiz(rightAnswer), "11  A quiz has 1 answer. Write 2 to 8, each as <Answer>."],
    [
      "has no right answer",
      quiz(`${answer}\n<Answer>C <Because>c</Because></Answer>`),
      '11  A quiz has 0 right answers. Mark the one that is right, <Answer right>, or write type="many".',
    ],
    [
      "has two right answers",
      quiz(`${rightAnswer}\n<Answer right>C <Because>c</Because></Answer>`),
      '11  A quiz has 2 right answers. Mark the one that is right, <Answer right>, or write type="many".',
    ],
    [
      "has none of many right",
      quiz(`${answer}\n<Answer>C <Because>c</Because></Answer>`, ' type="many"'),
      "11  A quiz has 0 right answers. Mark those that are right: <Answer right>.",
    ],
    [
      "has the same answer twice",
      quiz(`${rightAnswer}\n${rightAnswer.replace(" right", "")}`),
      "11  Two answers are “B”. Write each answer once.",
    ],
    [
      "has an answer that says yes",
      quiz(`${answer}\n<Answer right="yes">B <Because>b</Because></Answer>`),
      '11  A quiz has 0 right answers. Mark the one that is right, <Answer right>, or write type="many".',
      '13  "right" of <Answer> is "yes". Write right alone, or leave it out.',
    ],
    [
      "does not say why",
      quiz(`<Answer>A</Answer>\n${rightAnswer}`),
      "12  An answer does not say why it is right or wrong. Write one <Because> into it: <Answer>text <Because>why</Because></Answer>.",
    ],
    [
      "says why beside its answers",
      quiz(`${answer}\n${rightAnswer}\n<Because>So.</Because>`),
      "11  A quiz explains itself beside its answers. Put a <Because> into each <Answer>.",
    ],
    [
      "says nothing as its reason",
      quiz(`<Answer>A <Because></Because></Answer>\n${rightAnswer}`),
      "12  A <Because> is empty. Write why the answer is right or wrong.",
    ],
    [
      "has an empty answer",
      quiz(`<Answer><Because>a</Because></Answer>\n${rightAnswer}`),
      "12  An answer is empty. Write it between <Answer> and <Because>.",
    ],
    [
      "has words of its own",
      quiz(`Think!\n\n${answer}\n${rightAnswer}`),
      "12  A quiz holds something beside its answers. Write it before the <Quiz>, or as its question.",
    ],
    [
      "has a button in an answer",
      quiz(`<Answer>\n\n${fence("sh run")}\n\n<Because>a</Because>\n</Answer>\n${rightAnswer}`),
      "14  An answer has a code block with a button or a caption. Leave the words after its language out.",
    ],
    [
      "has a term in an answer",
      quiz(`<Answer>a <Term>layer</Term> <Because>a</Because></Answer>\n${rightAnswer}`),
      "12  <Term> is in an answer. Write an answer in plain words; put the rest into its <Because>.",
    ],
    [
      "has a number where answers are",
      quiz(`${answer}\n${rightAnswer}`, " answer={1}"),
      '11  A quiz of the type "one" has "answer". Leave it out, or write type="number".',
    ],
    [
      "marks the right one of an order",
      quiz("<Answer right>A</Answer>\n<Answer>B</Answer>\n<Because>So.</Because>", ' type="order"'),
      "12  An answer to be put in order is marked right. Leave right out: the order written is the right one.",
    ],
    [
      "does not explain an order",
      quiz("<Answer>A</Answer>\n<Answer>B</Answer>", ' type="order"'),
      '11  A quiz of the type "order" has no <Because> of its own. Write one, directly into the <Quiz>.',
    ],
    [
      "explains each of an order",
      quiz(`${answer}\n<Answer>C</Answer>\n<Because>So.</Because>`, ' type="order"'),
      "12  An answer to be put in order has a <Because>. Write one for all, directly into the <Quiz>.",
    ],
    [
      "has a number in quotes",
      quiz("<Because>So.</Because>", ' type="number" answer="12"'),
      '11  "answer" of <Quiz> is "12". Write a number in braces: answer={12}.',
    ],
    [
      "lacks the number",
      quiz("<Because>So.</Because>", ' type="number"'),
      '11  A quiz of the type "number" has no "answer". Write the number in braces: answer={12}.',
    ],
    [
      "has a number and answers",
      quiz(`${answer}\n<Because>So.</Because>`, ' type="number" answer={1}'),
      '11  A quiz of the type "number" has an <Answer>. Write answer={12} and one <Because> instead.',
    ],
    [
      "has a tolerance below nothing",
      quiz("<Because>So.</Because>", ' type="number" answer={1} tolerance={-1}'),
      '11  "tolerance" of <Quiz> is -1. Write how far off an answer may be: tolerance={0.5}.',
    ],
    [
      "leaves an answer alone",
      inStep(answer),
      "11  <Answer> is not in <Quiz>. Put it directly into <Quiz>, on lines of its own.",
    ],
    [
      "leaves a reason alone",
      inStep("<Because>So.</Because>"),
      "11  <Because> is not in <Answer>. Put it directly into <Answer>, on lines of its own.",
    ],
  ],
  "what is shown": [
    ["an empty note", inStep("<Note></Note>"), "11  <Note> is empty. Write something between <Note> and </Note>."],
    [
      "a warning without a title",
      inStep('<Warning title="">Careful.</Warning>'),
      '11  "title" of <Warning> is empty. Write text in quotes: title="…".',
    ],
    [
      "an empty term",
      inStep("A <Term></Term>."),
      '11  <Term> is empty. Write the word to be shown in it: <Term of="layer">layers</Term>.',
    ],
    [
      "a term that is not in the glossary",
      inStep("Two <Term>lairs</Term>."),
      '11  The glossary has no term "lairs". Add it to content/glossary.yaml, or name the term there: <Term of="layer">.',
    ],
    [
      "a term of another that is not there",
      inStep('Two <Term of="lair">lairs</Term>.'),
      '11  The glossary has no term "lair". Add it to content/glossary.yaml, or name the term there: <Term of="layer">.',
    ],
    [
      "a figure of nothing",
      inStep('<Figure alt="A dock" />'),
      '11  <Figure> shows nothing. Write <Figure src="layers.svg" alt="Three layers on top of each other" />, or put what it shows into it.',
    ],
    [
      "a figure without words for it",
      inStep('<Figure src="dock.svg" />'),
      '11  <Figure> has no "alt". Write <Figure src="layers.svg" alt="Three layers on top of each other" />.',
    ],
    [
      "a figure that is not there",
      inStep('<Figure src="boat.svg" alt="A boat" />'),
      "11  There is no boat.svg beside lesson.mdx. There are dock.svg, script.svg, dock.png.",
    ],
    [
      "a figure from elsewhere",
      inStep('<Figure src="../dock.svg" alt="A dock" />'),
      '11  "src" of <Figure> is "../dock.svg". Name a file beside lesson.mdx that ends in .svg, .png, .jpg, .jpeg or .webp.',
    ],
    [
      "a figure of another kind",
      inStep('<Figure src="dock.gif" alt="A dock" />'),
      '11  "src" of <Figure> is "dock.gif". Name a file beside lesson.mdx that ends in .svg, .png, .jpg, .jpeg or .webp.',
    ],
    [
      "a figure that runs a script",
      inStep('<Figure src="script.svg" alt="A dock" />'),
      "11  script.svg cannot be shown: it has <script>, and a picture may not run anything. Take <script> out of the picture. Export the drawing as plain SVG.",
    ],
    [
      "a figure that is no picture",
      inStep('<Figure src="dock.png" alt="A dock" />'),
      "11  dock.png is not what its ending says. Save it as the kind of picture that it is named.",
    ],
    [
      "a figure with both",
      inStep('<Figure src="dock.svg" alt="A dock">A dock</Figure>'),
      "11  <Figure> has both src and content. Keep one of them.",
    ],
    [
      "a live figure with a picture of its own",
      inStep('<Figure live="layers" of="hello:1" src="dock.svg" alt="A dock" />'),
      "11  <Figure> has both live and a picture of its own. Keep one of them.",
    ],
    [
      "a live figure with content",
      inStep('<Figure live="layers" of="hello:1" alt="A dock">A dock</Figure>'),
      "11  <Figure> has both live and a picture of its own. Keep one of them.",
    ],
    [
      "a live figure of nothing",
      inStep('<Figure live="layers" alt="Its layers" />'),
      '11  <Figure live="layers"> does not say of what. Name it: of="hello:1".',
    ],
    [
      "a live figure with something, but of nothing",
      inStep('<Figure live="layers" with="hello:2" alt="Its layers" />'),
      '11  <Figure> says "with", but no "of". Name first what the picture is of.',
    ],
    [
      "a live figure of what is no name",
      inStep('<Figure live="layers" of="hello:1" with="hello 2" alt="Its layers" />'),
      '11  "with" of <Figure> is "hello 2", which is no name in an engine. Write one name as the engine has it, such as hello:1.',
    ],
    [
      "an unknown live figure",
      inStep('<Figure live="layer" of="hello:1" alt="Its layers" />'),
      `11  "live" of <Figure> is "layer". Write one of ${figures.join(", ")}.`,
    ],
    [
      "a figure of something that is not live",
      inStep('<Figure src="dock.svg" of="hello:1" alt="A dock" />'),
      `11  <Figure> says "of" or "with", but no "live". Write ${figures.join(" or ")}, or leave them out.`,
    ],
    [
      "one tab",
      inStep('<Tabs>\n<Tab title="A">a</Tab>\n</Tabs>'),
      '11  <Tabs> holds 1 <Tab>. Write 2 to 6, each as <Tab title="Linux">.',
    ],
    [
      "a tab without a title",
      inStep('<Tabs>\n<Tab>a</Tab>\n<Tab title="B">b</Tab>\n</Tabs>'),
      '12  <Tab> has no "title". Write <Tab title="Linux">.',
    ],
    [
      "a tab on its own",
      inStep('<Tab title="A">a</Tab>'),
      "11  <Tab> is not in <Tabs>. Put it directly into <Tabs>, on lines of its own.",
    ],
    [
      "words between tabs",
      inStep('<Tabs>\n\nHello\n\n<Tab title="A">a</Tab>\n<Tab title="B">b</Tab>\n</Tabs>'),
      '13  <Tabs> holds something beside <Tab>. Put it into <Tab title="Linux">.',
    ],
    [
      "four sides",
      inStep(`<Compare>\n${'<Side title="A">a</Side>\n'.repeat(4)}</Compare>`),
      '11  <Compare> holds 4 <Side>. Write 2 to 3, each as <Side title="Before">.',
    ],
    [
      "an empty side",
      inStep('<Compare>\n<Side title="A"></Side>\n<Side title="B">b</Side>\n</Compare>'),
      "12  <Side> is empty. Write something between <Side> and </Side>.",
    ],
    [
      "a file that is not there",
      inStep('<File path="app.js" />'),
      "11  <File> names app.js, which the lesson does not have here. There are app.py, logo.png.",
    ],
    [
      "a file that is no text",
      inStep('<File path="logo.png" />'),
      "11  <File> names logo.png, which is not text. Name a text file.",
    ],
    [
      "a file with content",
      inStep('<File path="app.py">print()</File>'),
      '11  <File> has content. Write it closed in itself: <File path="app.py" />.',
    ],
    [
      "a file of another step",
      lesson(`<Step id="a" title="A">\n\n<File path="more.py" />\n\n${good}\n</Step>`),
      "11  <File> names more.py, which the lesson does not have here. There are app.py, logo.png.",
    ],
  ],
  "a code block": [
    [
      "a word that means nothing",
      inStep(fence("sh rnu")),
      '11  A code block says "rnu", which means nothing. Write run with terminal=N, background, interrupt or fails, or file=PATH with write or diff, or copy.',
    ],
    [
      "a terminal that no machine has",
      inStep(fence("sh run terminal=4")),
      '11  There is no "terminal=4". Write terminal=1 to terminal=3, or terminal=vm.',
    ],
    [
      "the small machine, where there is none",
      inStep(fence("sh run terminal=vm")),
      "11  A command is for the small machine, which the lesson has not. Write <SmallMachine /> before it.",
    ],
    [
      "a command in the small machine that goes on running",
      inStep(fence("sh run terminal=vm background")),
      "11  A command for the small machine goes on running, or has Ctrl+C pressed before. Leave background and interrupt out, and have it end by itself.",
    ],
    [
      "two small machines",
      inStep("<SmallMachine />\n\n<SmallMachine />"),
      "1  The lesson has two small machines. Keep one <SmallMachine />.",
    ],
    [
      "a terminal that the lesson does not use",
      inStep(fence("sh run terminal=2")),
      '11  A command is for terminal 2, but the lesson uses 1. Write "machine:" and below it "terminals: 2" into the front matter.',
    ],
    [
      "a terminal for text",
      inStep(fence("sh terminal=2")),
      '11  A code block says "terminal" without run. Write run before terminal, or leave terminal out.',
    ],
    [
      "background without run",
      inStep(fence("sh background")),
      '11  A code block says "background" without run. Write run before background, or leave background out.',
    ],
    [
      "interrupt in a file",
      inStep(fence("sh file=a interrupt")),
      '11  A code block says "interrupt" without run. Write run before interrupt, or leave interrupt out.',
    ],
    [
      "fails without run",
      inStep(fence("sh fails")),
      '11  A code block says "fails" without run. Write run before fails, or leave fails out.',
    ],
    [
      "a command in the background that fails",
      inStep(fence("sh run background fails")),
      "11  A command both goes on running and fails. Keep one of background and fails: how it ends is not waited for in the background.",
    ],
    [
      "a run of another language",
      inStep(fence("js run")),
      '11  A command is marked "js". Begin the block with ```sh run.',
    ],
    [
      "run and a file",
      inStep(fence("sh run file=a")),
      "11  A code block is both run and a file. Keep one of run and file=PATH.",
    ],
    ["an empty command", inStep("```sh run\n```"), "11  A command is empty. Write the command between the fences."],
    [
      "copy and run",
      inStep(fence("sh run copy")),
      "11  A code block is to be copied, and more. Keep one of copy, run and file=PATH.",
    ],
    ["output that is run", inStep(fence("output run")), '11  Expected output is marked "run". Write ```output alone.'],
    [
      "a file outside of the workspace",
      inStep(fence("text file=../a")),
      '11  "file=../a" names no file in the workspace. Write file=PATH with a path below /workspace, such as file=app/Dockerfile, and without spaces.',
    ],
    [
      "write without a file",
      inStep(fence("text write")),
      '11  A code block says "write" without file=PATH. Write file=PATH before write, or leave write out.',
    ],
    [
      "a difference to nothing",
      inStep(fence("text file=a diff")),
      "11  a is shown as a diff, but nothing before says what was in it. Leave diff out, put the file into files/, or show it whole before.",
    ],
    [
      "undo outside of Wrong",
      inStep(fence("sh run undo")),
      '11  A code block says "undo" outside of <Wrong>. Leave undo out.',
    ],
  ],
};

describe.each(Object.entries(malformed))("a malformed lesson: %s", (_, lessons) => {
  it.each(lessons)("%s", (_, source, ...told) => {
    const { mistakes } = examineLesson(source, surroundings());
    expect(mistakes.map(describeMistake)).toEqual(told.map((message) => `lesson.mdx:${message}`));
  });
});

describe("a lesson with several mistakes", () => {
  it("is told all of them, in the order of the lines", () => {
    const source = step(`{1 + 1}\n\n<Check />\n\n${hint}\n\n${solution}`, 'title="A"');
    expect(examineLesson(source, options).mistakes.map(({ line }) => line)).toEqual([9, 11, 13]);
  });

  it("is told of the folder of a step that it does not have", () => {
    const { mistakes } = examineLesson(whole, { ...options, stepFiles: new Map([["helo", []]]) });
    expect(mistakes.map(describeMistake)).toEqual([
      "lesson.mdx:1  The folder steps/helo belongs to no step. Name it after a step: hello.",
    ]);
  });

  it("is right without them", () => {
    expect(examineLesson(whole, surroundings()).mistakes).toEqual([]);
  });
});

/** What the lessons may refer to. */
function surroundings(): ReadLessonOptions {
  const file = (path: string, encoding: "utf8" | "base64" = "utf8") =>
    ({ path, encoding, content: "", executable: false }) as const;
  const text = (words: string) => new TextEncoder().encode(words);
  const earlier = examineLesson(whole, options).lesson;
  return {
    ...options,
    validateCheck: ({ kind }: CheckSpec) =>
      ["file", "http"].includes(kind) ? undefined : `There is no check of the kind "${kind}".`,
    glossary: [{ term: "layer", aka: [], definition: "A layer.", see: [] }],
    curriculum: [
      {
        id: "boats",
        topic: "Boats",
        deeds: [
          { id: "sail", deed: "sails one" },
          { id: "moor", deed: "moors it" },
        ],
      },
    ],
    files: [file("app.py"), file("logo.png", "base64")],
    pictures: new Map([
      ["dock.svg", text('<svg viewBox="0 0 1 1"></svg>')],
      ["script.svg", text('<svg viewBox="0 0 1 1"><script>1</script></svg>')],
      ["dock.png", text("no picture")],
    ]),
    earlier: new Map([
      ["before", { lesson: earlier, isWhole: true }],
      ["broken", { lesson: earlier, isWhole: false }],
    ]),
    machineImages: ["busybox:latest", "hello-world:latest"],
  };
}
