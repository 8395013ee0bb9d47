package dev.selfheal.deployed;

import static org.awaitility.Awaitility.await;

import dev.selfheal.machine.Machine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Ollama as its installer leaves it on a machine: {@code ollama.service}, run by the user {@code
 * ollama}. The server is the demo's, of real processes and sockets, which freezes on demand.
 */
final class OllamaUnit {
  static final String NAME = "ollama.service";

  private static final Duration START = Duration.ofSeconds(40);
  private static final String HOME = "/usr/share/ollama";
  private static final String MODEL = "tiny";

  private final Machine machine;

  private OllamaUnit(Machine machine) {
    this.machine = machine;
  }

  /** Installs it, enables it, starts it, and waits until it answers. */
  static OllamaUnit install(Machine machine) {
    OllamaUnit ollama = new OllamaUnit(machine);
    machine.copyIn(jar(), HOME + "/fake.jar");
    machine.write("/usr/local/bin/nvidia-smi", nvidiaSmi());
    machine.write("/etc/systemd/system/" + NAME, unit());
    machine
        .run(
            "sh",
            "-euc",
            """
            chmod 755 /usr/local/bin/nvidia-smi
            useradd --system --shell /bin/false --user-group --home-dir "$1" ollama
            mkdir -p "$1/bin" "$1/gpu"
            for name in 'ollama serve' 'ollama runner' llama-server; do
              ln -s "$(readlink -f /usr/bin/java)" "$1/bin/$name"
            done
            ln -s ../fake.jar "$1/bin/classes"
            chown -R ollama:ollama "$1"
            systemctl daemon-reload
            """,
            "sh",
            HOME)
        .output();
    machine.run("systemctl", "enable", "--now", NAME).output();
    ollama.awaitAnswer();
    return ollama;
  }

  private static Path jar() {
    return Path.of(System.getProperty("selfheal.jar", "target/selfheal.jar")).toAbsolutePath();
  }

  private static String nvidiaSmi() {
    try (InputStream in = OllamaUnit.class.getResourceAsStream("/dev/selfheal/demo/nvidia-smi")) {
      if (in == null) {
        throw new IllegalStateException("the demo's nvidia-smi is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("@FOLDER@", HOME);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As Ollama's own installer writes it, but for the program; Java's answer to SIGTERM is 143. */
  private static String unit() {
    return """
    [Unit]
    Description=Ollama Service
    After=network-online.target

    [Service]
    ExecStart="@HOME@/bin/ollama serve" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx96m -XX:-UsePerfData \\
      -Djava.net.preferIPv4Stack=true -cp @HOME@/bin/classes dev.selfheal.demo.FakeServe \\
      --folder @HOME@ --port 11434 --fake PER_CALL --gpu yes --keep-alive-millis 300000
    User=ollama
    Group=ollama
    Restart=always
    RestartSec=3
    SuccessExitStatus=143

    [Install]
    WantedBy=default.target
    """
        .replace("@HOME@", HOME);
  }

  /** Waits until its API answers. */
  void awaitAnswer() {
    await("Ollama answers on " + machine.name())
        .atMost(START)
        .until(() -> machine.run("curl", "-sf", url("/api/version")).exitCode() == 0);
  }

  private static String url(String path) {
    return "http://127.0.0.1:11434" + path;
  }

  /** A client asks for a text without end, and its runner spins for ever before the first word. */
  void freeze() {
    machine
        .run("curl", "-sf", "-d", "{\"model\":\"" + MODEL + "\"}", url("/api/generate"))
        .output();
    machine
        .run(
            "systemd-run",
            "--collect",
            "curl",
            "-s",
            "-d",
            "{\"model\":\"" + MODEL + "\",\"prompt\":\"hi\",\"stream\":true}",
            url("/api/generate"))
        .output();
    await("the client is served").until(() -> !command("runners").isEmpty());
    command("spin");
  }

  /** Orders the fake to do something, in the words of {@code FakeOllama.command}. */
  String command(String words) {
    String script =
        """
        read -r port token < "$1/control" || [ -n "$token" ]
        exec 3<> /dev/tcp/127.0.0.1/"$port"
        echo "$token $2" >&3
        cat <&3
        """;
    return machine.run("bash", "-euc", script, "bash", HOME, words).output();
  }

  /** The process of the server, 0 if there is none. */
  String pid() {
    return machine.property(NAME, "MainPID");
  }
}
