package dev.selfheal.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.action.HostReport;
import dev.selfheal.remedy.Target;
import dev.selfheal.verify.CheckResult.Failed;
import dev.selfheal.verify.CheckResult.Ok;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of a login, as root, where the receiver is another user. */
class SshCheckTest {
  private static final Path KEY = Path.of("/var/lib/selfheal/id_ed25519");
  private static final Path KNOWN = Path.of("/etc/selfheal/known_hosts");

  private final FakeSystemd systemd =
      new FakeSystemd().says("selfheal.service", "loaded", "active", "enabled", "selfheal");

  private CheckResult run(Sight sight) throws InterruptedException {
    Target.Ssh ssh =
        new Target.Ssh("gpu-02", 22, "selfheal", new Target.SshFiles(KEY, KNOWN), null);
    Account root = new Account(systemd, Account.ROOT);
    return new SshCheck("gpu-02", ssh, new Once<>(() -> sight), root).run();
  }

  private static Sight open() {
    return new Sight(null, new HostReport.Unreadable("not asked"), "", Instant.EPOCH);
  }

  @Test
  void aKeyThatOpensIsGood() throws InterruptedException {
    assertThat(run(open())).isInstanceOf(Ok.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/var/lib/selfheal/id_ed25519", "/etc/selfheal/known_hosts"})
  void aFileThatRootMayReadAndTheReceiverMayNotIsABrokenLink(String file)
      throws InterruptedException {
    systemd.closes(Path.of(file));
    assertThat(run(open()))
        .isEqualTo(
            new Failed(
                file + " may not be read by the receiver's user selfheal",
                "chown selfheal " + file));
  }
}
