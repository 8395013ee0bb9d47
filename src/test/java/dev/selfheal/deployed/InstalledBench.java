package dev.selfheal.deployed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.machine.Lan;
import dev.selfheal.machine.Machine;
import dev.selfheal.testkit.RealPrograms;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Measures how long the installed services take to start, and their memory, and prints it; no test,
 * and run by its name alone: docs/performance.md has the command.
 */
class InstalledBench {
  private static final int RUNS = Integer.getInteger("selfheal.runs", 5);

  /** Starts a unit, asks each 10 ms whether it is ready, and prints the milliseconds of that. */
  private static final String READY =
      """
      begun=$(date +%s%N)
      systemctl start --no-block selfheal.service
      left=3000
      until curl -sf -o /dev/null http://127.0.0.1:9595/-/ready || [ $left = 0 ]; do
        sleep 0.01
        left=$((left - 1))
      done
      [ $left != 0 ] && echo $((($(date +%s%N) - begun) / 1000000))
      """;

  /** Until the pages that were read at the start are in memory, and the first rounds are over. */
  private static final String SETTLE = "sleep 8";

  @RegisterExtension final RealPrograms programs = new RealPrograms();

  @Test
  void startsAndMemory() {
    Machine machine = programs.add(programs.add(new Lan()).boot("gpu-01"));
    Deb.install(machine);
    machine.run("systemctl", "stop", "selfheal-verify.timer", "selfheal-verify.service").output();
    System.out.println("load " + machine.read("/proc/loadavg").strip());
    measure(machine, "selfheal.service", List.of("sh", "-c", READY));
    measure(machine, "selfheal-exporter.service", List.of());
  }

  private static void measure(Machine machine, String unit, List<String> start) {
    List<Double> ready = new ArrayList<>();
    List<Double> active = new ArrayList<>();
    List<Double> resident = new ArrayList<>();
    for (int run = 1; run <= RUNS; run++) {
      machine.run("systemctl", "stop", "selfheal.service", "selfheal-exporter.service").output();
      if (!start.isEmpty()) {
        ready.add(Double.valueOf(machine.run(start.toArray(String[]::new)).output()));
      }
      machine.run("systemctl", "start", unit).output(); // waits for the notification
      active.add((time(machine, unit, "ActiveEnter") - time(machine, unit, "ExecMainStart")) / 1e3);
      machine.run("sh", "-c", SETTLE).output();
      resident.add(resident(machine, machine.property(unit, "MainPID")));
    }
    print(unit + ": start to /-/ready, ms", ready);
    print(unit + ": start to active (systemd's own stamps), ms", active);
    print(unit + ": resident after 8 s, MB", resident);
  }

  private static double time(Machine machine, String unit, String event) {
    return Double.parseDouble(machine.property(unit, event + "TimestampMonotonic"));
  }

  private static double resident(Machine machine, String pid) {
    String status = machine.read("/proc/" + pid + "/status");
    String line = status.lines().filter(each -> each.startsWith("VmRSS:")).findFirst().orElse("");
    return Double.parseDouble(line.replaceAll("\\D", "")) / 1024;
  }

  private static void print(String what, List<Double> values) {
    if (values.isEmpty()) {
      return;
    }
    List<Double> sorted = values.stream().sorted().toList();
    assertThat(sorted).hasSize(RUNS);
    System.out.printf(
        Locale.ROOT,
        "%s: %.0f · %.0f · %.0f (minimum, median, maximum of %d)%n",
        what,
        sorted.get(0),
        sorted.get(RUNS / 2),
        sorted.get(RUNS - 1),
        RUNS);
  }
}
