package dev.selfheal.machine;

import dev.selfheal.testkit.RealProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * A Debian 12 that has booted systemd in a container, on a {@link Lan}. What is written to it is
 * gone with it. Commands run as root of the machine, which may not do all that root of the host
 * may, in a clean environment, outside of any login session ({@code runuser -u NAME --} before one
 * makes it another user's).
 *
 * <p>It ends with the JVM of the test at the latest, even with one that is killed.
 */
public final class Machine implements RealProgram {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final String name;
  private final String address;
  private final Container container;

  /**
   * Boots one.
   *
   * @param join gives the network namespace of a process an interface named eth0
   */
  Machine(String name, String address, LongConsumer join) {
    if (!name.matches("[a-z][a-z0-9-]{0,30}")) {
      throw new IllegalArgumentException("no host name: " + name);
    }
    this.name = name;
    this.address = address;
    container = new Container(name, address);
    try {
      container.boot(join);
    } catch (RuntimeException | AssertionError e) {
      container.close();
      throw e;
    }
  }

  /** Its host name, by which the other machines of its network know it. */
  public String name() {
    return name;
  }

  /** Its address in its network, such as {@code 10.77.0.11}. */
  public String address() {
    return address;
  }

  /** Whether it has power. */
  public boolean isOn() {
    return container.isOn();
  }

  /**
   * Runs a command to its end.
   *
   * @throws AssertionError if it takes longer than 30 seconds
   */
  public Ran run(String... argv) {
    return run(LIMIT, argv);
  }

  /**
   * Runs a command to its end.
   *
   * @param limit in whole seconds; when it is over, the command is killed
   * @throws AssertionError if it takes longer
   */
  public Ran run(Duration limit, String... argv) {
    return container.run(limit, Ran.NOTHING, List.of(argv));
  }

  /**
   * A property of a unit, as {@code systemctl show} prints it.
   *
   * @param property such as {@code MainPID} or {@code ActiveState}
   */
  public String property(String unit, String property) {
    return run("systemctl", "show", "--property=" + property, "--value", unit).output();
  }

  /**
   * Copies a file of the host into it, over what is there. Its folder is made; it belongs to root
   * and keeps the permissions that a file which it replaces had, or else gets 0644.
   *
   * @param target an absolute path in the machine
   */
  public void copyIn(Path file, String target) {
    String script = "umask 022 && mkdir -p \"${1%/*}\" && exec cat >\"$1\"";
    List<String> argv = List.of("sh", "-c", script, "sh", target);
    container.run(LIMIT, Redirect.from(file.toFile()), argv).output();
  }

  /** Writes a text file, like {@link #copyIn}. */
  public void write(String target, String text) {
    try {
      Path file = Files.createTempFile("selfheal-text-", "");
      try {
        copyIn(Files.writeString(file, text), target);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The text of a file in it.
   *
   * @throws AssertionError if it cannot be read
   */
  public String read(String file) {
    Ran cat = run("cat", "--", file);
    cat.output();
    return cat.out();
  }

  /**
   * Reboots it in good order; its files stay. Returns when systemd has started everything again.
   *
   * @throws AssertionError with the console if it does not come back
   */
  public void reboot() {
    container.reboot();
  }

  /**
   * Shuts it down in good order, so that all units are stopped. It does not come back.
   *
   * @throws AssertionError with the console if that takes longer than 100 seconds
   */
  public void powerOff() {
    container.powerOff();
  }

  /** The end of the journal of this boot; of one that does not answer, what its console showed. */
  @Override
  public String log() {
    try {
      return run("journalctl", "--no-pager", "--boot", "--lines=100").output();
    } catch (AssertionError e) {
      return container.console(); // it is off, or in no state to be asked
    }
  }

  /** Takes the power from it, if it has any: nothing in it is asked. All of it is gone then. */
  @Override
  public void close() {
    container.close();
  }
}
