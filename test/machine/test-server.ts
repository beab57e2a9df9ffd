import type { Connection, Machine } from "../../src/machine/contract.ts";
import { runShell, until } from "./guest.ts";

export const TEST_SERVER_PORT = 9100;

/** Starts a TCP server in the machine that does with each connection what its first line says. Starting it twice does no harm. */
export async function startTestServer(machine: Machine): Promise<void> {
  const listens = async () => {
    try {
      (await machine.dial(TEST_SERVER_PORT)).abort();
      return true;
    } catch {
      return false;
    }
  };
  if (await listens()) return;
  await machine.run(["/bin/sh", "-c", "cat > /tmp/test-server.pl"], { stdin: SERVER });
  await runShell(machine, "perl /tmp/test-server.pl >/tmp/test-server.log 2>&1 </dev/null &");
  await until("the test server listens", listens);
}

export async function connectTo(machine: Machine, command: string): Promise<Connection> {
  const connection = await machine.dial(TEST_SERVER_PORT);
  connection.closed.catch(() => undefined);
  const writer = connection.writable.getWriter();
  await writer.write(new TextEncoder().encode(`${command}\n`));
  writer.releaseLock();
  return connection;
}

export async function readAll(connection: Connection): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  const reader = connection.readable.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
  }
  const all = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}

const SERVER = String.raw`
use strict;
use Socket;
$SIG{CHLD} = 'IGNORE';
$SIG{PIPE} = 'IGNORE';
socket(my $listener, PF_INET, SOCK_STREAM, 0) or die $!;
setsockopt($listener, SOL_SOCKET, SO_REUSEADDR, 1);
setsockopt($listener, SOL_SOCKET, SO_SNDBUF, 65536);
setsockopt($listener, SOL_SOCKET, SO_RCVBUF, 65536);
bind($listener, sockaddr_in(${String(TEST_SERVER_PORT)}, INADDR_ANY)) or die $!;
listen($listener, 16) or die $!;
while (1) {
  accept(my $client, $listener) or next;
  my $pid = fork;
  if ($pid) { close $client; next }
  close $listener;
  my $line = '';
  while (sysread($client, my $byte, 1)) { last if $byte eq "\n"; $line .= $byte }
  my ($verb, $count) = split / /, $line;
  if ($verb eq 'echo') {
    while (sysread($client, my $bytes, 65536)) { put($client, $bytes) }
  } elsif ($verb eq 'send') {
    put($client, 'x' x $count);
  } elsif ($verb eq 'flood') {
    my $sent = 0;
    my $bytes = 'y' x 4096;
    while (defined(my $part = syswrite($client, $bytes))) {
      $sent += $part;
      open(my $file, '>', '/tmp/flooded.new'); print $file $sent; close $file;
      rename '/tmp/flooded.new', '/tmp/flooded';
    }
  } elsif ($verb eq 'ignore') {
    select(undef, undef, undef, 60);
  } elsif ($verb eq 'reset') {
    setsockopt($client, SOL_SOCKET, SO_LINGER, pack('ii', 1, 0));
  }
  close $client;
  exit;
}
sub put {
  my ($to, $bytes) = @_;
  while (length $bytes) {
    my $count = syswrite($to, $bytes) // exit;
    substr($bytes, 0, $count) = '';
  }
}
`;
