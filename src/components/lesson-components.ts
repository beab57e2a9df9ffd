import Answer from "./Answer.astro";
import Because from "./Because.astro";
import Check from "./Check.astro";
import CommandBlock from "./CommandBlock.astro";
import Compare from "./Compare.astro";
import CopyBlock from "./CopyBlock.astro";
import Figure from "./Figure.astro";
import FileBlock from "./FileBlock.astro";
import Hint from "./Hint.astro";
import Note from "./Note.astro";
import Notes from "./Notes.astro";
import OutputBlock from "./OutputBlock.astro";
import Quiz from "./Quiz.astro";
import RunHere from "./RunHere.astro";
import Side from "./Side.astro";
import Slide from "./Slide.astro";
import SmallMachine from "./SmallMachine.astro";
import Solution from "./Solution.astro";
import Step from "./Step.astro";
import Tab from "./Tab.astro";
import Tabs from "./Tabs.astro";
import Term from "./Term.astro";
import Warning from "./Warning.astro";
import Wrong from "./Wrong.astro";

/** What a lesson is made of, once `lessonMarkup` has gone over it. */
export const lessonComponents = {
  Answer,
  Because,
  Check,
  CommandBlock,
  Compare,
  CopyBlock,
  Figure,
  FileBlock,
  Hint,
  Note,
  Notes,
  OutputBlock,
  Quiz,
  RunHere,
  Side,
  Slide,
  SmallMachine,
  Solution,
  Step,
  Tab,
  Tabs,
  Term,
  Warning,
  Wrong,
};
