import type { APIRoute, GetStaticPaths } from "astro";
import { loadCourses } from "../../../components/courses.ts";

/** What was recorded of each lesson that has a recording; `recordingLink` says where that is. */
export const getStaticPaths = (async () => {
  const courses = await loadCourses();
  return courses.flatMap(({ id, groups }) =>
    groups.flatMap(({ lessons }) =>
      lessons.flatMap(({ lesson, recording }) =>
        recording === undefined
          ? []
          : [{ params: { course: id, lesson: lesson.id.slice(id.length + 1) }, props: { text: recording.text } }],
      ),
    ),
  );
}) satisfies GetStaticPaths;

export const GET: APIRoute<{ text: string }> = ({ props }) =>
  new Response(props.text, { headers: { "content-type": "text/plain;charset=utf-8" } });
