import type { MachineNeeds } from "../lessons/model.ts";
import type { Machine } from "../machine/contract.ts";
import { machineWords } from "../words/machine.ts";

/** What the lesson needs and the machine does not have, in words; `undefined` when it has all. */
export function describeLack(
  needs: MachineNeeds,
  machine: Pick<Machine, "capabilities" | "image">,
): string | undefined {
  const { consoles, features } = machine.capabilities;
  const images = new Set(machine.image.containerImages.map(withTag));
  const lacks = [
    ...needs.features.filter((feature) => !(features as readonly string[]).includes(feature)).map(nameFeature),
    ...needs.images.filter((image) => !images.has(withTag(image))).map((image) => `the image ${image}`),
    ...(needs.terminals > consoles ? [`${needs.terminals} terminals`] : []),
  ];
  if (lacks.length === 0) return undefined;
  const list = lacks.length === 1 ? lacks.join() : `${lacks.slice(0, -1).join(", ")} and ${lacks.at(-1) ?? ""}`;
  return machineWords.lessonNeedsMachineNot(list);
}

function nameFeature(feature: string): string {
  return (
    (
      { buildkit: machineWords.buildKit, compose: machineWords.dockerCompose, swarm: machineWords.swarm } as Partial<
        Record<string, string>
      >
    )[feature] ?? feature
  );
}

function withTag(image: string): string {
  return image.slice(image.lastIndexOf("/") + 1).includes(":") ? image : `${image}:latest`;
}
