package dev.selfheal.app;

import dev.selfheal.child.BoundedOutput;
import dev.selfheal.child.Child;
import dev.selfheal.child.Plain;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * systemd, as it is told by its own program: Java 17 has no datagram sockets of the kind that the
 * protocol wants. The unit says {@code NotifyAccess=all} for it.
 */
public final class Systemd implements Supervisor {
  private static final Logger LOG = LoggerFactory.getLogger(Systemd.class);
  private static final String SOCKET = "NOTIFY_SOCKET";
  private static final String WATCHDOG = "WATCHDOG_USEC";

  /** It waits until systemd has read what it says. */
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private static final int MOST_OUTPUT = 300;

  private final String socket;
  private final Optional<Duration> watchdog;
  private final LongSupplier nanoTime;
  private volatile String trouble = "";

  private Systemd(String socket, Optional<Duration> watchdog, LongSupplier nanoTime) {
    this.socket = socket;
    this.watchdog = watchdog;
    this.nanoTime = nanoTime;
  }

  /**
   * The supervisor of this process, as its environment names it.
   *
   * @param nanoTime a clock that only ever goes forward, in nanoseconds
   */
  public static Supervisor of(Map<String, String> environment, LongSupplier nanoTime) {
    String socket = environment.getOrDefault(SOCKET, "");
    return socket.isEmpty()
        ? NONE
        : new Systemd(socket, limit(environment.getOrDefault(WATCHDOG, "")), nanoTime);
  }

  private static Optional<Duration> limit(String micros) {
    return micros.matches("[1-9][0-9]{0,15}")
        ? Optional.of(Duration.ofNanos(Long.parseLong(micros) * 1000))
        : Optional.empty();
  }

  @Override
  public void ready(String status) {
    tell("READY=1", "STATUS=" + Plain.line(status, MOST_OUTPUT));
  }

  @Override
  public Optional<Duration> watchdog() {
    return watchdog;
  }

  @Override
  public void alive() {
    tell("WATCHDOG=1");
  }

  private void tell(String... words) {
    String failure = failure(Stream.concat(Stream.of("systemd-notify"), Stream.of(words)).toList());
    if (!failure.equals(trouble) && !failure.isEmpty()) {
      LOG.error("systemd does not hear of this service, and may restart it: {}", failure);
    }
    trouble = failure;
  }

  /** What went wrong; empty if nothing did. */
  private String failure(List<String> argv) {
    BoundedOutput output = new BoundedOutput(MOST_OUTPUT);
    try (Child child =
        new Child.Start(argv, Map.of(SOCKET, socket), nanoTime).writing(output::add)) {
      if (!child.endsWithin(LIMIT)) {
        child.process().destroyForcibly();
        return "systemd-notify did not end within " + LIMIT.toSeconds() + " s";
      }
      child.readRest();
      int status = child.process().exitValue();
      return status == 0
          ? ""
          : "systemd-notify ended with status %d: %s"
              .formatted(status, Plain.line(output.text(), MOST_OUTPUT));
    } catch (IOException e) {
      return "systemd-notify could not be started: " + e.getMessage();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
