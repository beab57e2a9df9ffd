/** The search over all lessons. */
export const searchWords = {
  title: "Search",
  description: "Search all lessons and the glossary for a word, a command or an instruction.",
  lead: "All lessons and the glossary: a word, a command, an instruction of a Dockerfile.",
  field: "Search all lessons",
  search: "Search",
  noScript:
    "The search runs in your browser and needs JavaScript. Without it, use the list of lessons and the glossary, and your browser’s own search in them.",
  lessons: "All lessons",
  glossary: "Glossary",
  loading: "Searching…",
  failed: "The index of the lessons could not be loaded. Look at your connection, then search again.",
  none: (query: string) => `No lesson has “${query}”. Try fewer or other words.`,
  found: (results: number, query: string) => `${results === 1 ? "1 passage" : `${results} passages`} for “${query}”`,
  first: (shown: number, results: number, query: string) => `The best ${shown} of ${results} passages for “${query}”`,
  term: "Glossary",
  beginning: "Beginning",
};
