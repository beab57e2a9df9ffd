import { loadCourses, loadSharedMistakes, type CoursePages, type LessonPage } from "./courses.ts";

/** A lesson and what is around it in its course. */
export interface LessonPlace {
  course: CoursePages;
  page: LessonPage;
  previous: LessonPage | undefined;
  next: LessonPage | undefined;
}

/** The pages of all lessons, for `getStaticPaths` of a route with `[course]` and `[lesson]` in it. */
export async function listLessonPages(): Promise<{ params: { course: string; lesson: string }; props: LessonPlace }[]> {
  const courses = await loadCourses();
  return courses.flatMap((course) => {
    const pages = course.groups.flatMap(({ lessons }) => lessons);
    return pages.map((page, index) => ({
      params: { course: course.id, lesson: page.lesson.id.slice(course.id.length + 1) },
      props: { course, page, previous: pages[index - 1], next: pages[index + 1] },
    }));
  });
}

/** A lesson with mistakes cannot be relied on to render, nor can any without the glossary. */
export async function canRender({ mistakes }: LessonPage): Promise<boolean> {
  return mistakes.length === 0 && !(await loadSharedMistakes()).some(({ file }) => file.endsWith("glossary.yaml"));
}
