import * as z from "zod/mini";

/** A port inside a container with its protocol, as Docker writes it. */
export function containerPort() {
  return z.string().check(z.regex(/^\d{1,5}\/(tcp|udp)$/, "a port with its protocol, such as 80/tcp"));
}

/** A port of the machine. */
export function machinePort() {
  return z.int().check(z.gte(1), z.lte(65535));
}
