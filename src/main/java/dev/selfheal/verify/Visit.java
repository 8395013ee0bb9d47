package dev.selfheal.verify;

import dev.selfheal.action.HostReport;
import dev.selfheal.remedy.Action;
import dev.selfheal.remedy.Target;
import dev.selfheal.ssh.SshAddress;
import dev.selfheal.ssh.SshClient;
import dev.selfheal.ssh.SshConnection;
import dev.selfheal.ssh.SshFailure;
import dev.selfheal.ssh.SshLimits;
import dev.selfheal.ssh.SshResult;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A visit to a host over SSH: a login, a look, the question for the right to restart, and whether
 * the way to the server's API is open, without which no restart could be proven.
 */
record Visit(Target target, Target.Ssh ssh, SshClient client, Clock clock)
    implements Once.Question<Sight> {
  private static final Duration LIMIT = Duration.ofSeconds(6);

  private static final Duration WAY = Duration.ofSeconds(2);
  private static final int HTTP = 80;

  /** More than any report comes to: the exporter's page in it has at most 256 KiB. */
  private static final int MOST_BYTES = 512 << 10;

  @Override
  public Sight ask() throws InterruptedException {
    SshAddress address =
        new SshAddress(
            ssh.host(), ssh.port(), ssh.user(), ssh.files().identity(), ssh.files().knownHosts());
    try (SshConnection connection = client.connect(address, LIMIT)) {
      Sight sight = ssh.command().isPresent() ? withoutAgent() : look(connection);
      return sight.with(wayToTheApi(connection));
    } catch (SshFailure e) {
      return Sight.none(e, clock.instant());
    }
  }

  private Sight withoutAgent() {
    return new Sight(null, new HostReport.Unreadable("no host agent"), "", clock.instant());
  }

  private Sight look(SshConnection connection) throws InterruptedException {
    Instant before = clock.instant();
    HostReport report = HostReport.parse(said(connection, "status"));
    Instant after = clock.instant();
    Instant between = before.plus(Duration.between(before, after).dividedBy(2));
    return new Sight(null, report, said(connection, "may-restart"), ladder(connection), between);
  }

  private Map<Action, String> ladder(SshConnection connection) throws InterruptedException {
    Map<Action, String> said = new EnumMap<>(Action.class);
    for (Action step : target.control().ladder().steps()) {
      said.put(step, said(connection, step == Action.KILL ? "may-kill" : "may-ladder-command"));
    }
    return said;
  }

  private @Nullable SshFailure wayToTheApi(SshConnection connection) throws InterruptedException {
    URI api = target.ollamaUrl();
    try {
      connection.forward(host(api), api.getPort() > 0 ? api.getPort() : HTTP, WAY);
      return null;
    } catch (SshFailure e) {
      return e;
    }
  }

  /** IPv6 without its brackets. */
  private static String host(URI api) {
    return api.getHost().replaceAll("[\\[\\]]", "");
  }

  /** The agent's words; or why there are none, which is no report. */
  private static String said(SshConnection connection, String verb) throws InterruptedException {
    SshResult result = connection.run(verb, new SshLimits(LIMIT, LIMIT, MOST_BYTES));
    if (result instanceof SshResult.Exited exited) {
      return exited.output();
    } else if (result instanceof SshResult.TimedOut late) {
      return late.soFar();
    }
    return result instanceof SshResult.Cut cut ? cut.why() : ((SshResult.NotStarted) result).why();
  }
}
