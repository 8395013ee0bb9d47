package dev.selfheal.deployed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.selfheal.machine.Machine;
import dev.selfheal.machine.Ran;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A receiver and a GPU host, deployed as {@code docs/install.md} says. First the chain is proven as
 * shipped; then each link to the other host is broken in turn: exactly that one is named, and what
 * is typed as its mend makes all hold.
 */
@Timeout(420)
@TestMethodOrder(OrderAnnotation.class)
class TwoHostsIT {
  private static final Duration DRILL = Duration.ofMinutes(4);

  private static Rack rack;

  @BeforeAll
  static void deploy() {
    rack = new Rack();
  }

  @AfterAll
  static void end() {
    if (rack != null) {
      rack.close();
    }
  }

  @Test
  @Order(1)
  void whatTheInstallPageSaysHoldsAlsoAfterARebootOfBoth() {
    rack.assertWhole();
    Stream.of(rack.receiver, rack.gpu).parallel().forEach(Machine::reboot);
    rack.ollama.awaitAnswer();
    rack.assertWhole();
  }

  @Test
  @Order(2)
  void aFreezeOnTheOtherHostIsHealedWithoutRoot() {
    String before = rack.ollama.pid();
    rack.ollama.freeze();
    await("it is healed")
        .atMost(Duration.ofSeconds(150))
        .until(() -> rack.host("receiver").attempts("recovered").size() == 1);
    assertThat(rack.ollama.pid()).isNotEqualTo(before);
    rack.assertWhole();
  }

  @Test
  @Order(3)
  void theReceiversKeyReadsTheJournalOverThere() {
    String evidence =
        rack.host("receiver")
            .type(
                "runuser -u selfheal -- ssh -i %s -o UserKnownHostsFile=%s gpu-02 evidence"
                    .formatted(Rack.KEY, Rack.KNOWN_HOSTS));
    assertThat(evidence.replaceFirst("(?s).*\n\\[journal]\n", ""))
        .contains(" systemd: Started\n")
        .doesNotContain("unavailable")
        .endsWith("[end]");
  }

  @Test
  @Order(4)
  void aDrillOfTheOtherHostPassesOnceThatHostAllowsIt() {
    DeployedHost receiver = rack.host("receiver");
    await("the last incident is over")
        .atMost(Duration.ofSeconds(150))
        .until(() -> receiver.incidents().isEmpty());
    await("its cooldown is over")
        .atMost(Duration.ofSeconds(90))
        .until(TwoHostsIT::wouldBeRestarted);
    Ran refused = drill();
    assertThat(refused.exitCode()).as("%s", refused).isEqualTo(1);
    assertThat(refused.out())
        .contains("refused: gpu-02: it may not be frozen", "61-ollama-selfheal-drill.rules");
    new OperatorsPage("docs/commands.md", "Does it heal: drill")
        .commands("# ").stream()
            .filter(command -> command.contains("polkit"))
            .forEach(rack.host("gpu-02")::type);
    String before = rack.ollama.pid();
    Ran ran = rack.receiver.run(DRILL, "systemctl", "start", "selfheal-drill.service");
    assertThat(ran.exitCode()).as("%s", ran).isZero();
    assertThat(receiver.type("journalctl -u selfheal-drill.service -o cat --no-pager"))
        .contains("passed: gpu-02: healed in ");
    assertThat(rack.ollama.pid()).isNotEqualTo(before);
  }

  private static boolean wouldBeRestarted() {
    return rack.receiver.run("selfheal", "restart", "gpu-02", "--dry-run").exitCode() == 0;
  }

  private static Ran drill() {
    return rack.receiver.run(
        DRILL, "runuser", "-u", "selfheal", "--", "selfheal", "drill", "gpu-02");
  }

  static Stream<Breakage> breakages() {
    return Stream.concat(WayIn.breakages(), OverThere.breakages());
  }

  @ParameterizedTest
  @MethodSource("breakages")
  void aLinkThatIsBrokenIsNamedAloneAndItsMendMendsIt(Breakage breakage) {
    breakage.happensTo(rack);
  }
}
