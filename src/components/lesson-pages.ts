import { loadCourses, loadSharedMistakes, type CoursePages, type LessonPage } from "./courses.ts";

/** A lesson with what is around it in its course. */
export interface LessonRoute {
  readonly course: CoursePages;
  readonly page: LessonPage;
  readonly previous: LessonPage | undefined;
  readonly next: LessonPage | undefined;
}

/** The paths of all lessons, as `[course]/[lesson]`, for whatever pages there are of them. */
export async function lessonRoutes(): Promise<
  {
    readonly params: { readonly course: string; readonly lesson: string };
    readonly props: LessonRoute & Readonly<Record<string, unknown>>;
  }[]
> {
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
