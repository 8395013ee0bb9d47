package dev.selfheal.machine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A network of machines, in a namespace of its own: nothing of it is seen on the host, and nothing
 * outside is reached from it. The machines know each other by name. {@link #run} is a client that
 * is no machine.
 *
 * <pre>{@code
 * Lan lan = programs.add(new Lan());
 * Machine gpu = programs.add(lan.boot("gpu-01"));
 * gpu.run("systemctl", "enable", "--now", "prometheus-node-exporter").output();
 * lan.run("curl", "-s", "http://" + gpu.address() + ":9100/metrics").output();
 * }</pre>
 */
public final class Lan implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String ADDRESS = "10.77.0.";
  private static final int CLIENT = 1;
  private static final int FIRST_MACHINE = 11;

  private final Held bridge;
  private final List<Machine> machines = new CopyOnWriteArrayList<>();
  private int next = FIRST_MACHINE;

  /**
   * Makes the Debian that machines boot, if this host has none yet: minutes that belong before all
   * tests, not into one.
   *
   * @throws AssertionError if this host cannot boot machines, saying what to do
   */
  public static void prepare() {
    Rootfs.path();
  }

  /**
   * Makes an empty network.
   *
   * @throws AssertionError if this host cannot boot machines, saying what to do
   */
  public Lan() {
    prepare();
    bridge = Held.start(List.of("--net"), "lan.sh", List.of(ADDRESS + CLIENT));
  }

  /**
   * Boots a machine: a bare Debian 12 with systemd, the programs of {@code src/dev/rootfs.sh}, and
   * none of their services enabled. Returns when systemd has started all that is.
   *
   * @param name its host name, in lower case
   * @throws AssertionError with the console if it does not boot
   */
  public synchronized Machine boot(String name) {
    int number = next++;
    Machine machine = new Machine(name, ADDRESS + number, pid -> join(pid, "v" + number));
    machines.add(machine);
    List<Machine> on = machines.stream().filter(Machine::isOn).toList();
    on.forEach(each -> each.write("/etc/hosts", hosts(on)));
    return machine;
  }

  /** Runs a cable from the bridge to a process's namespace, where its end is eth0. */
  private void join(long pid, String end) {
    run("ip", "link", "add", end, "type", "veth", "peer", "name", "eth0", "netns", "" + pid)
        .output();
    run("ip", "link", "set", end, "master", "lan0", "up").output();
  }

  private static String hosts(List<Machine> machines) {
    return Stream.concat(
            Stream.of("127.0.0.1 localhost"),
            machines.stream().map(each -> each.address() + " " + each.name()))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  /**
   * Runs a command of the host in the network, beside the machines. It knows them by address, not
   * by name.
   *
   * @throws AssertionError if it takes longer than 30 seconds
   */
  public Ran run(String... argv) {
    List<String> all = new ArrayList<>(List.of("nsenter", "-t", "" + bridge.pid(), "-n", "--"));
    all.addAll(List.of(argv));
    return Ran.of(LIMIT, all);
  }

  /** Takes the power from its machines, and removes it. */
  @Override
  public void close() {
    try {
      machines.forEach(Machine::close);
    } finally {
      bridge.close();
    }
  }
}
