/** The id of the container that a cgroup's folder belongs to: `/docker/<id>`, or `/system.slice/docker-<id>.scope` where systemd keeps them. */
export function containerIdOf(folder: string): string | undefined {
  return /[0-9a-f]{64}/.exec(folder)?.[0];
}
