export interface KindWords {
  readonly about: string;
  readonly example: string;
  /** By name. Each is a sentence; the type is said besides. */
  readonly parameters: Readonly<Record<string, string>>;
}

const gone = (what: string) => `Asks for the opposite: that there is no such ${what}.`;
const labels = "Labels by name: a text is the value, true is any value, false is that there is no such label.";
const variables = "Environment variables by name: a text is the value, true is any value, false is that it is not set.";

/** By kind. */
export const kindWords: Readonly<Record<string, KindWords>> = {
  container: {
    about: "There is a container with all of these properties.",
    example: '<Check kind="container" image="hello:1.0" state="running" ports={{ "80/tcp": 8080 }} />',
    parameters: {
      image: "The image it was created from.",
      name: "Its name.",
      namePattern: "A pattern for its name.",
      state: "What it is doing. One that is to run must still run a moment later.",
      exitCode: "The exit code with which it ended.",
      ports: "Published ports: the port inside with its protocol to the port outside.",
      command: "Its command in one line, as docker ps --no-trunc shows it, with or without the entry point.",
      env: variables,
      labels,
      mounts:
        "What is mounted in it; there may be more. A source without a slash is a volume, unless the type is bind; a path that does not begin with a slash is below /workspace.",
      networks: "Names of networks that it is connected to; there may be more.",
      user: "The user it was told to run as, as it was given.",
      root: "Whether its program runs as root.",
      restart: "Its restart policy.",
      health: "What its health check says.",
      memory: "Its memory limit.",
      cpus: "Its limit of processor time; 0.5 is half of one processor.",
      pids: "Its limit of processes.",
      privileged: "Whether it is privileged.",
      readOnly: "Whether its root file system is read-only.",
      capDrop: "Capabilities that are dropped.",
      capAdd: "Capabilities that are added.",
      count: "How many such containers there are.",
      minCount: "How many such containers there are at least.",
      maxCount: "How many such containers there are at most; minCount goes with it.",
      gone: gone("container left, not even an ended one"),
    },
  },
  image: {
    about: "The engine has an image of this name, made like this.",
    example: '<Check kind="image" reference="hello:1.0" exposedPort={80} maxSize="20MB" />',
    parameters: {
      reference: "Its name and tag.",
      layers: "How many layers it has.",
      minLayers: "How many layers it has at least.",
      maxLayers: "How many layers it has at most.",
      minSize: "Its least size, counted as docker images shows it.",
      maxSize: "Its greatest size, counted as docker images shows it.",
      cmd: "Its own command.",
      entrypoint: "Its entry point.",
      env: variables,
      user: "The user that its program runs as, as it was given.",
      root: "Whether its program runs as root.",
      workdir: "Its working folder.",
      exposedPort: "A port that it declares; 80 means 80/tcp.",
      labels,
      healthcheck: "Whether it has a health check.",
      volumes: "Paths at which it declares volumes.",
      os: "The operating system it is for, such as linux.",
      architecture: "The processor it is for as Docker names it, such as amd64.",
      builtFrom: "The Dockerfile that it was built from, as that file is now.",
      target: "The stage that was built; the last one if it is not given.",
      sharesLayersWith: "Another image, whose layers this one begins with.",
      sharedLayers: "How many of them at least, if not all.",
      gone: gone("image"),
    },
  },
  logs: {
    about: "A container wrote this. It is asked again in growing pauses.",
    example: '<Check kind="logs" name="web" contains="listening" />',
    parameters: {
      name: "The container's name.",
      image: "The container's image; of several containers, one is enough.",
      contains: "A text that is in the log.",
      matches: "A pattern for the log; ^ and $ stand for the ends of a line.",
      stream: "Where it was written; either if it is not given.",
    },
  },
  network: {
    about: "The engine has a network of this name, made like this.",
    example: '<Check kind="network" name="shop" containers={["web", "db"]} />',
    parameters: {
      name: "Its name.",
      driver: "Its driver, such as bridge or overlay.",
      internal: "Whether it leads nowhere else.",
      attachable: "Whether containers outside of services may join it.",
      subnet: "Its range of addresses.",
      gateway: "The address of its gateway.",
      labels,
      containers: "Names of running containers that are in it; there may be more.",
      gone: gone("network"),
    },
  },
  volume: {
    about: "The engine has a volume of this name, made and used like this.",
    example: '<Check kind="volume" name="data" usedBy="db" at="/var/lib/data" />',
    parameters: {
      name: "Its name.",
      driver: "Its driver.",
      labels,
      usedBy: "The name of a container that has it mounted, running or not.",
      at: "Where a container has it mounted.",
      gone: gone("volume"),
    },
  },
  service: {
    about: "The swarm has a service of this name, made and running like this.",
    example: '<Check kind="service" name="web" replicas={3} running={3} />',
    parameters: {
      name: "Its name.",
      image: "The image of its containers.",
      mode: "How its tasks are spread.",
      replicas: "How many tasks it is told to have.",
      running: "How many of its tasks run; after an update, older ones do not count.",
      completed: "Of a job: how many of its tasks have ended well since it was last started.",
      ports: "Published ports: the port inside with its protocol to the port outside.",
      env: variables,
      labels,
      networks: "Names of networks that it is connected to; there may be more.",
      update: 'How its last update went; "none" if it was never updated.',
      gone: gone("service"),
    },
  },
  node: {
    about: "The swarm that this engine manages has such a node, or so many of them.",
    example: '<Check kind="node" role="manager" leader={true} />',
    parameters: {
      name: "Its host name.",
      role: "Its role.",
      availability: "Whether it takes tasks.",
      state: "Whether the swarm reaches it.",
      leader: "Whether it leads the managers.",
      labels: `${labels} Those that the swarm gave it.`,
      count: "How many such nodes there are.",
      minCount: "How many such nodes there are at least.",
      maxCount: "How many such nodes there are at most; minCount goes with it.",
    },
  },
  compose: {
    about: "A Compose project runs.",
    example: '<Check kind="compose" project="shop" services={{ web: 2, db: 1 }} />',
    parameters: {
      project: "Its name; Compose takes that of the folder in small letters if none is given to it.",
      services: "Services that run, others may run as well.",
      configFile: "A file that it was started from.",
      gone: gone("project: no container and no network of it is left"),
    },
  },
  event: {
    about: "It happened since the step was opened, or since the check it comes after has passed.",
    example: '<Check kind="event" type="container" action="die" image="busybox" exitCode={0} />',
    parameters: {
      type: "What it happened to.",
      action: "What happened, in Docker's word.",
      image: "The image that is tagged, pulled or pushed, or that of the container concerned.",
      name: "The name of what it happened to.",
      exitCode: "The exit code that came with it.",
      attributes:
        "More that Docker tells with it, by name: a text is the value, true is any value, false is that there is none.",
      times: "How often at least; once if it is not given.",
    },
  },
  http: {
    about: "A web server answers on a published port. It is asked again in growing pauses; redirects are not followed.",
    example: '<Check kind="http" port={8080} path="/health" json="status" equals="ok" />',
    parameters: {
      port: "The port outside of the containers.",
      path: "The path, with its query; / if it is not given.",
      method: "The method; GET if it is not given.",
      status: "The status of the answer; 200 if it is not given.",
      headers: "Headers by name, each with a pattern for its value.",
      bodyContains: "A text that is in the body.",
      bodyMatches: "A pattern for the body; ^ and $ stand for the ends of a line.",
      json: "The body is JSON and has something at this place.",
      equals: "What is at that place.",
    },
  },
  registry: {
    about:
      "A registry that listens on a published port has an image in it. It is asked by the OCI distribution API, and again in growing pauses.",
    example: '<Check kind="registry" repository="me/app" tag="1.0" sameAs="me/app:1.0" />',
    parameters: {
      port: "The port outside of the containers; 5000 if it is not given.",
      repository: "The repository, without registry and tag. Without a tag or digest: it has any tag.",
      tag: "The tag that it has.",
      digest: "The digest of what the tag names; without a tag, of anything in the repository.",
      user: "The registry asks for a login and takes this user, with the password.",
      password: "The password of that user.",
      layers: "How many layers the image has.",
      sharesLayersWith: "Another image of the same registry; all its layers are this one's too.",
      sameAs: "An image in the engine that is the same.",
      gone: "Asks for the opposite: that there is no such tag or digest, or without either no tag at all.",
    },
  },
  file: {
    about: "There is a file below /workspace, with this in it. It is asked when it is saved.",
    example: '<Check kind="file" path="compose.yaml" yaml="services.web.image" equals="nginx" />',
    parameters: {
      path: "Where it is.",
      contains: "A text that is in it.",
      matches: "A pattern for what is in it; ^ and $ stand for the ends of a line.",
      json: "It is JSON and has something at this place.",
      yaml: "It is YAML and has something at this place.",
      equals: "What is at that place.",
      executable: "It can be executed.",
      absent: "Asks for the opposite: that there is nothing of this name.",
    },
  },
  dockerfile: {
    about: "A Dockerfile below /workspace can be read and has these instructions.",
    example: '<Check kind="dockerfile" from="python" has={["COPY", "EXPOSE ^8000"]} notRoot />',
    parameters: {
      path: "Where it is; Dockerfile if it is not given.",
      has: "Instructions that are in it, each with a pattern for its flags and arguments if need be.",
      without: "Instructions that are not in it.",
      order: "Instructions that come one after the other; there may be others between.",
      from: "The image that the last stage builds on, through other stages; any tag if none is given.",
      stages: "How many stages it has.",
      copiesFrom: "It copies from another stage: any, or the one of this name.",
      notRoot: "It sets a user other than root for the last stage.",
    },
  },
  command: {
    about:
      "A command that the check itself runs, unseen, ends like this. It is run again and again, so it must change nothing and end soon.",
    example: '<Check kind="command" in="web" run="cat /etc/motd" contains="Hello" />',
    parameters: {
      run: "One line for sh.",
      in: "The running container it is run in; on the machine itself, in /workspace, if it is not given.",
      exitCode: "Its exit code; 0 if it is not given.",
      contains: "A text that is in what it writes to its standard output.",
      matches: "A pattern for what it writes; ^ and $ stand for the ends of a line.",
      equals: "All that it writes, without spaces and empty lines at both ends.",
      timeoutSeconds: "How long it may take; 10 if it is not given.",
    },
  },
  terminal: {
    about:
      "The learner entered such a command in a terminal since the step was opened, or since the check it comes after has passed.",
    example: '<Check kind="terminal" command="docker exec * ls" exitCode={0} />',
    parameters: {
      command:
        "A command like this: at least these words and flags, in any order of flags, with * for any one word. Docker's long and short names of a flag are the same. Several with && between come one after the other.",
      matches: "A pattern for the line, instead of command.",
      exitCode: "The exit code it ended with; if it is not given, it need not have ended.",
      terminal:
        "The terminal it was entered in; any of the sandbox's own if it is not given. vm is that of the small machine.",
    },
  },
};
