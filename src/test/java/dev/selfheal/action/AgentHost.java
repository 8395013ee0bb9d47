package dev.selfheal.action;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A host for the agent: the real script and the real tools of this machine, with fakes in front of
 * them. The fakes note each call in {@code calls}, before all else.
 */
final class AgentHost {
  static final Path SCRIPT = Path.of("src/main/resources/dev/selfheal/action/host-agent");

  private static final Duration LIMIT = Duration.ofSeconds(40);

  private final Path folder;
  private final Map<String, String> environment = new TreeMap<>();
  private List<String> shell = List.of("dash");
  private Path script = SCRIPT.toAbsolutePath();

  /** What has come of a run. */
  record Ran(int status, String output, String errors) {
    List<String> section(String name) {
      List<String> lines = output.lines().toList();
      int from = lines.indexOf("[" + name + "]") + 1;
      assertThat(from).as("section %s of:%n%s", name, output).isPositive();
      return lines.subList(from, lines.size()).stream()
          .takeWhile(line -> !line.matches("\\[[a-z]+]"))
          .toList();
    }

    HostReport.Seen seen() {
      return (HostReport.Seen) HostReport.parse(output);
    }
  }

  AgentHost(Path folder) {
    this.folder = folder;
    path("bin").toFile().mkdir();
    environment.put("PATH", path("bin") + ":/usr/bin:/bin:/usr/sbin:/sbin");
    fake("systemctl", "echo LoadState=loaded; echo ActiveState=active; echo MainPID=0");
    fake("journalctl", ":");
    fake("nvidia-smi", "echo '0, GPU-1, Fake, 3, 802, 12206, 71.20, 54, P2'");
  }

  /** Puts a program in front of the real one. */
  AgentHost fake(String name, String commands) {
    Path file =
        write(
            "bin/" + name,
            "#!/bin/sh\necho %s \"$@\" >>'%s'\n%s\n".formatted(name, path("calls"), commands));
    try {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  AgentHost shell(String... argv) {
    shell = List.of(argv);
    return this;
  }

  AgentHost with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /**
   * Lets the script read processes from {@code proc} of the folder: some cannot be made at will.
   */
  AgentHost withOwnProc() {
    return rewritten("/proc/", path("proc") + "/");
  }

  /** Runs the script with another text in place of this one. */
  AgentHost rewritten(String before, String after) {
    try {
      String text = Files.readString(script);
      assertThat(text).contains(before);
      script = write("host-agent", text.replace(before, after));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  Path path(String name) {
    return folder.resolve(name);
  }

  Path write(String name, String text) {
    try {
      Files.createDirectories(path(name).getParent());
      return Files.writeString(path(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the fakes were called with. */
  List<String> calls() {
    try {
      return Files.exists(path("calls")) ? Files.readAllLines(path("calls")) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As sshd starts it, with these words of {@code authorized_keys} behind its name. */
  Ran overSsh(String verb, String... arguments) {
    with("SSH_CONNECTION", "127.0.0.1 1 127.0.0.1 2").with("SSH_ORIGINAL_COMMAND", verb);
    return run(List.of(script.toString()), "/dev/null", arguments);
  }

  /** As the receiver starts it on its own host. */
  Ran here(String... arguments) {
    return run(List.of("-s"), script.toString(), arguments);
  }

  private Ran run(List<String> words, String input, String... arguments) {
    List<String> argv = new ArrayList<>(shell);
    argv.addAll(words);
    argv.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(argv)
            .directory(path("bin").toFile())
            .redirectInput(Path.of(input).toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return ended(builder.redirectError(path("errors").toFile()));
  }

  /** Like sshd, waits until nobody holds the output any more. */
  private Ran ended(ProcessBuilder builder) {
    try {
      Process process = builder.start();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).as("ends").isTrue();
      return new Ran(process.exitValue(), output, Files.readString(path("errors")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** The shells that are here; dash always is, or the test fails. */
  static Stream<List<String>> shells() {
    return Stream.of(List.of("dash"), List.of("busybox", "sh"), List.of("bash", "--posix"))
        .filter(argv -> argv.contains("dash") || Files.exists(Path.of("/usr/bin", argv.get(0))));
  }
}
