package dev.selfheal.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.ollama.ApiAnswer;
import dev.selfheal.ssh.SshAddress;
import dev.selfheal.ssh.SshClient;
import dev.selfheal.ssh.SshConnection;
import dev.selfheal.ssh.SshLimits;
import dev.selfheal.ssh.SshResult;
import dev.selfheal.testkit.Loopback;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForwardedServerTest {
  private static final SshAddress ADDRESS =
      new SshAddress("gpu-02", 22, "selfheal", Path.of("/key"), Path.of("/known_hosts"));

  private final List<String> forwarded = new ArrayList<>();
  private final List<Duration> limits = new ArrayList<>();
  private long nanos;

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:11435,127.0.0.1 11435",
    "http://[::1]:11434,::1 11434",
    "http://localhost,localhost 11434",
  })
  void leadsToTheAddressOfTheUrlAsSshSpellsIt(String url, String spelled) throws Exception {
    SshClient client = (address, limit) -> new Connection();
    try (SshLine line = new SshLine(client, ADDRESS)) {
      ForwardedServer server = new ForwardedServer(line, URI.create(url), System::nanoTime);
      assertThat(server.version(Duration.ofSeconds(5))).isInstanceOf(ApiAnswer.Silent.class);
    }
    assertThat(forwarded).containsExactly(spelled);
  }

  @Test
  void theTimeForAQuestionIsForItsWayToo() throws Exception {
    SshClient client =
        (address, limit) -> {
          passes(Duration.ofSeconds(2));
          return new Connection();
        };
    try (SshLine line = new SshLine(client, ADDRESS)) {
      URI url = URI.create("http://127.0.0.1:11434");
      ForwardedServer server = new ForwardedServer(line, url, () -> nanos);
      assertThat(server.version(Duration.ofSeconds(3)))
          .isEqualTo(new ApiAnswer.Silent("no time was left to ask"));
      assertThat(server.loaded(Duration.ofSeconds(3))).isEmpty();
    }
    assertThat(limits).containsExactly(Duration.ofSeconds(1));
  }

  private void passes(Duration time) {
    nanos += time.toNanos();
  }

  /** One that leads to where nobody listens. */
  private final class Connection implements SshConnection {
    @Override
    public SshResult run(String command, SshLimits limits) {
      return new SshResult.NotStarted("nothing is run");
    }

    @Override
    public URI forward(String host, int port, Duration limit) {
      limits.add(limit);
      passes(Duration.ofSeconds(1));
      forwarded.add(host + " " + port);
      return URI.create("http://" + Loopback.freeAddress());
    }

    @Override
    public void close() {}
  }
}
