/** What may be given to a component. */
export interface AttributeRule {
  /**
   * `name`: small letters, digits and dashes; `names`: several words, with spaces between them or as a list; `flag`: there or not; a
   * list: one of its words.
   */
  readonly type: "name" | "names" | "text" | "flag" | "number" | readonly string[];
  readonly required?: true;
}

export interface ComponentRule {
  /** As an author would write it, for messages. */
  readonly usage: string;
  /** Undefined where the kind of check decides. */
  readonly attributes?: Readonly<Record<string, AttributeRule>>;
  /** It stands directly in one of these; undefined when it may stand anywhere but in `Quiz` and its answers. */
  readonly directlyIn?: readonly string[];
}

const name = { type: "name", required: true } as const;
const text = { type: "text" } as const;
const requiredText = { type: "text", required: true } as const;
const flag = { type: "flag" } as const;
const number = { type: "number" } as const;

/** The pictures of the workbench that can stand in a lesson's text. */
export const liveFigures = ["layers", "build", "engine", "stacks", "processes"] as const;

/** Every component that an author may write, by its name. */
export const components: ReadonlyMap<string, ComponentRule> = new Map<string, ComponentRule>([
  [
    "Step",
    {
      usage: '<Step id="first-run" title="Run a container">',
      attributes: { id: name, title: requiredText, covers: { type: "names" } },
    },
  ],
  ["Check", { usage: '<Check kind="image" reference="hello:1" />', directlyIn: ["Step", "Check"] }],
  ["Hint", { usage: "<Hint>", attributes: {}, directlyIn: ["Step"] }],
  ["Solution", { usage: "<Solution>", attributes: {}, directlyIn: ["Step"] }],
  [
    "Wrong",
    {
      usage: '<Wrong because="the image has no tag">',
      attributes: { because: requiredText },
      directlyIn: ["Step"],
    },
  ],
  [
    "Quiz",
    {
      usage: '<Quiz id="layers" question="How many layers does the image have?">',
      attributes: {
        id: name,
        question: requiredText,
        type: { type: ["one", "many", "order", "number"] },
        answer: number,
        tolerance: number,
        unit: text,
      },
      directlyIn: ["Step", "lesson"],
    },
  ],
  ["Answer", { usage: "<Answer right>", attributes: { right: flag }, directlyIn: ["Quiz"] }],
  ["Because", { usage: "<Because>", attributes: {}, directlyIn: ["Answer", "Quiz"] }],
  ["Note", { usage: '<Note title="Why?">', attributes: { title: text } }],
  ["Warning", { usage: '<Warning title="Careful">', attributes: { title: text } }],
  ["Term", { usage: '<Term of="layer">layers</Term>', attributes: { of: text } }],
  [
    "Figure",
    {
      usage: '<Figure src="layers.svg" alt="Three layers on top of each other" />',
      attributes: {
        src: text,
        alt: requiredText,
        caption: text,
        live: { type: liveFigures },
        of: text,
        with: text,
      },
    },
  ],
  ["SmallMachine", { usage: "<SmallMachine />", attributes: {} }],
  [
    "RunHere",
    {
      usage: '<RunHere title="A shop in Node.js" start="node server.mjs" port={3000} />',
      attributes: { title: requiredText, start: requiredText, port: { type: "number", required: true } },
    },
  ],
  ["Slide", { usage: '<Slide title="What an image is">', attributes: { title: text }, directlyIn: ["Step", "lesson"] }],
  ["Notes", { usage: "<Notes>", attributes: {} }],
  ["Tabs", { usage: "<Tabs>", attributes: {} }],
  ["Tab", { usage: '<Tab title="Linux">', attributes: { title: requiredText }, directlyIn: ["Tabs"] }],
  ["Compare", { usage: "<Compare>", attributes: {} }],
  ["Side", { usage: '<Side title="Before">', attributes: { title: requiredText }, directlyIn: ["Compare"] }],
  ["File", { usage: '<File path="app.py" />', attributes: { path: requiredText, write: flag } }],
]);

export function usageOf(component: string): string {
  return components.get(component)?.usage ?? `<${component}>`;
}
