package dev.selfheal.machine;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/** The container of a machine: a systemd in an overlay over the Debian that all machines share. */
final class Container implements AutoCloseable {
  private static final List<String> NAMESPACES =
      List.of("--mount", "--net", "--pid", "--fork", "--kill-child", "--mount-proc");
  private static final Duration BOOT_LIMIT = Duration.ofSeconds(60);
  private static final Duration ASK_LIMIT = BOOT_LIMIT;
  private static final Duration OFF_LIMIT = Duration.ofSeconds(100); // systemd's own is 90
  private static final Duration POLL = Duration.ofMillis(20);
  private static final Set<String> BOOTED = Set.of("running", "degraded");

  /** What timeout(1) says of a command that it had to end. */
  private static final int TIMED_OUT = 124;

  private final Cgroup cgroup = new Cgroup();
  private final Held held;
  private volatile long leader;

  /** Makes one that can boot. */
  Container(String name, String address) {
    List<String> arguments = new ArrayList<>(List.of(Rootfs.path().toString(), name, address));
    cgroup.folders().forEach(each -> arguments.add(each.toString()));
    try {
      held = Held.start(NAMESPACES, "machine.sh", arguments);
    } catch (RuntimeException | AssertionError e) {
      cgroup.close();
      throw e;
    }
  }

  /** Connects it and boots it. */
  void boot(LongConsumer join) {
    join.accept(held.pid());
    held.proceed();
    awaitBooted();
  }

  /** Boots it again. */
  void reboot() {
    signal("INT"); // systemd's Ctrl-Alt-Del
    awaitBooted();
  }

  /** Asks it to shut down, and waits until it has. */
  void powerOff() {
    signal("RTMIN+4"); // systemd's poweroff.target
    if (!held.endsWithin(OFF_LIMIT)) {
      throw new AssertionError("it did not shut down: " + console());
    }
    close();
  }

  private void signal(String signal) {
    if (!isOn() || leader == 0) { // its id may be another process's by now, and 0 means this one
      throw new AssertionError("The machine is off or does not boot: " + console());
    }
    Ran.of(ASK_LIMIT, List.of("/bin/kill", "-s", signal, "" + leader)).output();
  }

  /** Waits for a systemd that is not the one before, and until it has started everything. */
  private void awaitBooted() {
    long before = leader;
    try {
      await("the machine is up")
          .atMost(BOOT_LIMIT)
          .pollDelay(Duration.ZERO)
          .pollInterval(POLL)
          .failFast("it ended", () -> !isOn())
          .until(() -> hasBooted(before));
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError("The machine did not boot. Its console:\n" + console(), e);
    }
  }

  private boolean hasBooted(long before) {
    leader = found();
    return leader != 0
        && leader != before
        && BOOTED.contains(
            run(ASK_LIMIT, Ran.NOTHING, List.of("systemctl", "is-system-running", "--wait"))
                .out()
                .strip());
  }

  /** The first process of the innermost namespace of processes; 0 if there is none yet. */
  private long found() {
    return held.descendants()
        .map(ProcessHandle::pid)
        .filter(Container::isFirst)
        .findAny()
        .orElse(0L);
  }

  private static boolean isFirst(long pid) {
    try (Stream<String> status = Files.lines(Path.of("/proc/" + pid + "/status"))) {
      return status.anyMatch(line -> line.matches("NSpid:(\\s+\\d+)+\\s+\\d+\\s+1"));
    } catch (IOException | UncheckedIOException e) {
      return false; // it ended meanwhile
    }
  }

  /** Runs a command in it. */
  Ran run(Duration limit, Redirect input, List<String> argv) {
    if (!isOn()) {
      throw new AssertionError("The machine is off and runs no " + String.join(" ", argv));
    }
    long seconds = Math.max(1, limit.toSeconds());
    List<String> all = new ArrayList<>(List.of("nsenter", "-t", "" + leader, "-a", "--"));
    all.addAll(List.of("setpriv", "--bounding-set=" + Bound.lackedBy(leader)));
    all.addAll(List.of("timeout", "--kill-after=2", "" + seconds));
    all.addAll(argv);
    Ran whole = Ran.of(limit.plusSeconds(10), input, all);
    Ran ran = new Ran(argv, whole.exitCode(), whole.out(), whole.err());
    if (ran.exitCode() == TIMED_OUT) {
      throw new AssertionError(ran + "took longer than " + Duration.ofSeconds(seconds));
    }
    return ran;
  }

  boolean isOn() {
    return held.isAlive();
  }

  /** What it showed on its console. */
  String console() {
    return held.output();
  }

  /** Takes the power from it; when this returns, nothing of it is left. */
  @Override
  public void close() {
    held.close();
    cgroup.close();
  }
}
