import type { APIRoute } from "astro";
import { loadCourses } from "../components/courses.ts";
import { loadSearchedTerms } from "../components/glossary.ts";
import { indexLessons } from "../components/search/index-lessons.ts";

/** The index that the search over all lessons loads when it is first opened. */
export const GET: APIRoute = async () => {
  const index = await indexLessons(await loadCourses(), loadSearchedTerms());
  return new Response(index, { headers: { "content-type": "application/json" } });
};
