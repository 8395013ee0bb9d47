package dev.selfheal.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.remedy.Target;
import dev.selfheal.ssh.SshAddress;
import dev.selfheal.ssh.SshClient;
import dev.selfheal.ssh.SshConnection;
import dev.selfheal.ssh.SshLimits;
import dev.selfheal.ssh.SshResult;
import dev.selfheal.testkit.SettableClock;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ActTest {
  private static final SshAddress ADDRESS =
      new SshAddress("gpu-02", 22, "selfheal", Path.of("/key"), Path.of("/known_hosts"));

  /** A person who reads this must not think that nothing more will happen over there. */
  @Test
  void saysThatAnotherHostMayGoOnWithACommandThatWasGivenUp() throws Exception {
    SshClient client = (address, limit) -> new Hanging();
    Account account = new Account();
    try (SshLine line = new SshLine(client, ADDRESS)) {
      Order order = new Order(Targets.BY_UNIT, FakeMachine.START, FakeMachine.START, false);
      SettableClock clock = new SettableClock(FakeMachine.START);
      Act act = new Act(host(line), order, clock, account);
      act.prepare();
      act.run();
    }
    assertThat(account.text())
        .contains("reset-failed: it was given up after a moment")
        .endsWith(
            "it was given up after 0.0 s, when its time was over, and may go on over there,"
                + " and wrote:\nwaiting");
  }

  private static SshHost host(SshLine line) {
    Target.SshFiles files = new Target.SshFiles(ADDRESS.identityFile(), ADDRESS.knownHosts());
    Target.Ssh way = new Target.Ssh(ADDRESS.host(), ADDRESS.port(), ADDRESS.user(), files, null);
    URI url = Targets.BY_UNIT.ollamaUrl();
    return new SshHost(Targets.BY_UNIT, way, line, new ForwardedServer(line, url, () -> 0));
  }

  /** One over which no command ends. */
  private static final class Hanging implements SshConnection {
    @Override
    public SshResult run(String command, SshLimits limits) {
      return new SshResult.TimedOut("waiting");
    }

    @Override
    public URI forward(String host, int port, Duration limit) {
      throw new AssertionError("nothing is asked");
    }

    @Override
    public void close() {}
  }
}
