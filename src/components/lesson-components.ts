import Check from "./Check.astro";
import CommandBlock from "./CommandBlock.astro";
import FileBlock from "./FileBlock.astro";
import Hint from "./Hint.astro";
import Note from "./Note.astro";
import Solution from "./Solution.astro";
import Step from "./Step.astro";
import Warning from "./Warning.astro";

/** What an author may write in a lesson without an import. */
export const lessonComponents = { Check, CommandBlock, FileBlock, Hint, Note, Solution, Step, Warning };
