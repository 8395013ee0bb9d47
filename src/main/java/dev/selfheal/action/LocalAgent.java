package dev.selfheal.action;

import dev.selfheal.child.Child;
import dev.selfheal.child.Plain;
import dev.selfheal.remedy.Target;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The host agent for this machine. It is the one that is in the jar, whatever is installed: a shell
 * reads it.
 */
final class LocalAgent implements HostAgent {
  private static final int MAX_WHY = 200;
  private static final int USUAL_PORT = 11434;

  /** What is no file here, for a target whose exporter is not known. */
  private static final Path NOWHERE = Path.of("/nonexistent/ollama.prom");

  private final Map<String, String> variables;
  private final LongSupplier nanoTime;
  private final String script;

  /**
   * @param path where its tools are looked up, as the variable PATH has it
   * @param nanoTime a clock that only ever goes forward, in nanoseconds
   */
  LocalAgent(Target target, String path, LongSupplier nanoTime) {
    this.variables =
        Map.of(
            "LANG",
            "C.UTF-8",
            "PATH",
            path,
            "SELFHEAL_UNIT",
            target.control().unit().orElse(""),
            "SELFHEAL_PORT",
            String.valueOf(port(target.ollamaUrl())),
            "SELFHEAL_TEXTFILE",
            target.signs().textfile().orElse(NOWHERE).toString(),
            "SELFHEAL_EXPORTER",
            ""); // no restart depends on it, and verify asks systemd itself
    this.nanoTime = nanoTime;
    this.script = script();
  }

  private static int port(URI url) {
    return url.getPort() > 0 ? url.getPort() : USUAL_PORT;
  }

  private static String script() {
    try (InputStream script = LocalAgent.class.getResourceAsStream("host-agent")) {
      if (script == null) {
        throw new IllegalStateException("the jar holds no host agent");
      }
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the jar cannot be read", e);
    }
  }

  /** What was killed must be started again, also when the receiver ends. */
  private static Duration chance(String order) {
    return order.equals(Verb.KILL.word()) ? CommandRunner.LAST_CHANCE : Duration.ZERO;
  }

  @Override
  public CommandResult run(String order, Duration limit) throws InterruptedException {
    List<String> argv = List.of("/bin/sh", "-s", order);
    Child.Start start = new Child.Start(argv, variables, nanoTime, script);
    try (RunningCommand command = new RunningCommand(start, MOST_REPORT)) {
      return command.await(limit, chance(order));
    } catch (IOException e) {
      return new CommandResult.NotStarted(Plain.line(String.valueOf(e.getMessage()), MAX_WHY));
    }
  }
}
