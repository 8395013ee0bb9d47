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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForwardedServerTest {
  private static final SshAddress ADDRESS =
      new SshAddress("gpu-02", 22, "selfheal", Path.of("/key"), Path.of("/known_hosts"));

  private final List<String> forwarded = new ArrayList<>();

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

  /** One that leads to where nobody listens. */
  private final class Connection implements SshConnection {
    @Override
    public SshResult run(String command, SshLimits limits) {
      return new SshResult.NotStarted("nothing is run");
    }

    @Override
    public URI forward(String host, int port) {
      forwarded.add(host + " " + port);
      return URI.create("http://" + Loopback.freeAddress());
    }

    @Override
    public void close() {}
  }
}
