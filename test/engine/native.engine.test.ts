import { describeEngine } from "./contract.ts";
import { startNativeDocker } from "./native-docker.ts";

describeEngine("Debian's Docker Engine on this machine", startNativeDocker);
