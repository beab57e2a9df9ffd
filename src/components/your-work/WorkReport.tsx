import type { WorkDesk } from "./work-desk.ts";

/** What is being done, what was done last, or what went wrong with it. Nothing where it is not of interest. */
export function WorkReport({ desk, isOfInterest = true }: { desk: WorkDesk; isOfInterest?: boolean }) {
  const report = desk.report.value;
  return (
    <p class="work-report" role="status" data-failure={isOfInterest && report?.isFailure}>
      {isOfInterest ? (desk.busy.value ?? report?.words ?? "") : ""}
    </p>
  );
}
