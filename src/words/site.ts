/** The head of every page, and what moves its parts. */
export const siteWords = {
  skip: "Skip to the content",
  site: "Site",
  lessons: "Lessons",
  playground: "Playground",
  yourWork: "Your work",
  about: "About",
  theme: "Switch between light and dark",
  themeShort: "Light or dark",
  split: "Width of the text",
  whatToShow: "What to show",
  text: "Text",
  both: "Both",
  sandbox: "Sandbox",
};
