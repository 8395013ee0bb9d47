package dev.selfheal.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import dev.selfheal.child.Plain;
import dev.selfheal.ssh.SshFailure.Kind;
import dev.selfheal.ssh.SshResult.Cut;
import dev.selfheal.ssh.SshResult.NotStarted;
import dev.selfheal.ssh.SshResult.TimedOut;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/** A session of JSch. */
final class JschConnection implements SshConnection {
  private static final String LOOPBACK = "127.0.0.1";
  private static final int MOST_SAID = 120;

  /** How long after its time an opening may take to notice that by itself. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  /** How long a connection through a forwarded port may take to come about. */
  private static final Duration FORWARD_LIMIT = Duration.ofSeconds(10);

  /** What JSch says if a channel did not open, so that nothing was asked of it. */
  private static final Set<String> NOT_OPEN = Set.of("channel is not opened.", "session is down");

  private final Session session;
  private final Line line;
  private final SshAddress address;
  private final LongSupplier nanoTime;

  JschConnection(Session session, Line line, SshAddress address, LongSupplier nanoTime) {
    this.session = session;
    this.line = line;
    this.address = address;
    this.nanoTime = nanoTime;
  }

  @Override
  public SshResult run(String command, SshLimits limits) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    long began = nanoTime.getAsLong();
    CommandOutput output = new CommandOutput(limits.maxBytes(), nanoTime);
    try {
      if (!(session.openChannel("exec") instanceof ChannelExec channel)) {
        return new NotStarted(lost());
      }
      channel.setCommand(command.getBytes(UTF_8));
      channel.setOutputStream(output);
      channel.setErrStream(output);
      Optional<SshResult> failed = open(channel, limits.total());
      return failed.isPresent()
          ? failed.get()
          : new RunningExec(channel, output, nanoTime, address.title()).await(began, limits);
    } catch (JSchException | IOException e) {
      return new NotStarted(lost());
    }
  }

  /** Opens the channel and orders the command; what came of it, unless it runs. */
  private Optional<SshResult> open(ChannelExec channel, Duration limit)
      throws InterruptedException, IOException {
    var input = channel.getOutputStream();
    Future<Boolean> opening =
        Aside.start(
            "ssh-command " + address.host(),
            () -> {
              channel.connect(JschClient.millis(limit));
              input.close(); // there is nothing to read for it
              return true;
            });
    boolean settled = false;
    try {
      opening.get(limit.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
      settled = true;
      return Optional.empty();
    } catch (ExecutionException e) {
      settled = true;
      return Optional.of(notOpened(e));
    } catch (TimeoutException e) {
      return Optional.of(new TimedOut(""));
    } finally {
      if (!settled) {
        line.tear(); // or the order might go out after it was given up
      }
    }
  }

  private SshResult notOpened(ExecutionException e) {
    String said = String.valueOf(e.getCause() == null ? null : e.getCause().getMessage());
    if (NOT_OPEN.contains(said)) {
      return new NotStarted(
          session.isConnected() ? address.title() + " opened no channel for a command" : lost());
    }
    return new Cut("", "the connection to " + address.title() + ": " + Plain.line(said, MOST_SAID));
  }

  @Override
  public URI forward(String host, int port, Duration limit)
      throws SshFailure, InterruptedException {
    new ForwardProbe(session, address).check(host, port, limit);
    try {
      int millis = JschClient.millis(FORWARD_LIMIT);
      int local = session.setPortForwardingL(LOOPBACK, 0, host, port, null, millis);
      if (!session.isConnected()) {
        session.delPortForwardingL(LOOPBACK, local); // the session's end may have missed it
        throw new SshFailure(Kind.UNREACHABLE, lost());
      }
      return URI.create("http://" + LOOPBACK + ":" + local);
    } catch (JSchException e) {
      throw new SshFailure(
          Kind.UNREACHABLE, lost() + " (" + Plain.line(String.valueOf(e.getMessage()), 80) + ")");
    }
  }

  private String lost() {
    return "the connection to " + address.title() + " was lost";
  }

  @Override
  public void close() {
    line.tear(); // first, so that a host that does not read holds up nobody
    session.disconnect();
  }
}
