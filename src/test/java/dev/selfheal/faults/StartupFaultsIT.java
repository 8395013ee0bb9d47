package dev.selfheal.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.testkit.RealPrograms;
import dev.selfheal.testkit.ReceiverHome;
import dev.selfheal.testkit.ReceiverProcess;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A program that cannot start says in one line what, where and what to do, and ends. */
@Timeout(120)
class StartupFaultsIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @RegisterExtension final RealPrograms programs = new RealPrograms();

  private final ReceiverHome home = new ReceiverHome();

  @BeforeEach
  void configure() {
    programs.add(home);
    home.configure(Homes.target(home));
  }

  @Test
  void everyProblemOfABadConfigurationIsToldAtOnceWithItsPath() {
    home.configureExactly(
        """
        listen: 0.0.0.0:9595
        leger: sqlite:/tmp/x
        policy: {cooldown: soon, budgets: [{max: 0, per: 1h}], fleet: {max_share: 2}}
        auth: {operator_token_file: /nowhere/operator.token}
        alertmanager_url: ${SELFHEAL_TEST_UNSET}
        targets:
          - {name: gpu-01, match: {}, unit: ollama.service}
          - {name: gpu-01, match: {instance: a}, restart_command: "docker restart"}
        """);
    String told = startAndFail(2);
    assertThat(told.lines())
        .hasSizeGreaterThanOrEqualTo(9)
        .anyMatch(line -> line.contains("leger"))
        .anyMatch(line -> line.contains("policy.cooldown"))
        .anyMatch(line -> line.contains("policy.budgets[0].max"))
        .anyMatch(line -> line.contains("policy.fleet.max_share"))
        .anyMatch(line -> line.contains("auth.operator_token_file"))
        .anyMatch(line -> line.contains("SELFHEAL_TEST_UNSET"))
        .anyMatch(line -> line.contains("targets[0].match"))
        .anyMatch(line -> line.contains("targets[1].name"))
        .anyMatch(line -> line.contains("targets[1].restart_command"));
    assertThat(home.ledger()).doesNotExist();
  }

  @Test
  void aConfigurationThatIsMissingIsNamed() throws IOException {
    Files.delete(home.folder().resolve("selfheal.yml"));
    assertThat(startAndFail(2)).hasLineCount(1).contains("selfheal.yml", "does not exist");
  }

  @Test
  void aFolderOfTheLedgerThatIsMissingIsNamed() {
    saysOfLedger(home.folder().resolve("missing/ledger.db"), "folder", "create it");
  }

  @Test
  void aFolderOfTheLedgerThatNobodyCanWriteIsNamed() {
    saysOfLedger(Path.of("/proc/self/ledger.db"), "folder", "/proc/self");
  }

  @Test
  void aFileInPlaceOfTheFolderIsNamed() {
    saysOfLedger(home.write("file", "").resolve("ledger.db"), "folder");
  }

  @Test
  void aLedgerFullOfGarbageIsNotReplacedByAnEmptyOne() throws IOException {
    String garbage = "garbage ".repeat(5_000);
    Files.writeString(home.ledger(), garbage);
    saysOfLedger(home.ledger(), "damaged", "put back a copy");
    assertThat(home.ledger()).hasContent(garbage);
  }

  @Test
  void anEmptyLedgerIsNotTakenForANewOne() throws IOException {
    Files.createFile(home.ledger());
    saysOfLedger(home.ledger(), "damaged", "empty");
    assertThat(home.ledger()).isEmptyFile();
  }

  @Test
  void aLedgerThatWasCutOffIsNotTrusted() throws Exception {
    try (ReceiverProcess first = ReceiverProcess.ready(home)) {
      first.terminate();
      assertThat(first.endsWithin(LIMIT)).isTrue();
    }
    try (RandomAccessFile file = new RandomAccessFile(home.ledger().toFile(), "rw")) {
      file.setLength(file.length() / 2);
    }
    Files.delete(home.folder().resolve("receiver.log"));
    saysOfLedger(home.ledger(), "damaged");
  }

  @Test
  void aLedgerInUseIsLeftToTheReceiverThatHasIt() {
    programs.add(ReceiverProcess.ready(home));
    ReceiverHome second = programs.add(new ReceiverHome());
    second.configureExactly(Homes.withLedger(second, home.ledger()));
    ReceiverProcess process = programs.add(ReceiverProcess.start(second));
    assertThat(process.endsWithin(LIMIT)).isTrue();
    assertThat(process.exitCode()).isEqualTo(1);
    isOneClearLine(process.log(), "in use by another receiver");
    assertThat(home.client().isReady()).isTrue();
  }

  @Test
  void aPortThatIsTakenIsNamed() throws IOException {
    int port = Integer.parseInt(home.address().substring(home.address().indexOf(':') + 1));
    try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertThat(taken.isBound()).isTrue();
      isOneClearLine(startAndFail(1), "listen", "127.0.0.1", "" + port);
    }
  }

  private void saysOfLedger(Path ledger, String... words) {
    home.configureExactly(Homes.withLedger(home, ledger));
    String told = startAndFail(1);
    isOneClearLine(told, words);
    assertThat(told).contains("ledger");
  }

  private String startAndFail(int code) {
    ReceiverProcess process = programs.add(ReceiverProcess.start(home));
    assertThat(process.endsWithin(LIMIT)).as("it ends by itself").isTrue();
    assertThat(process.exitCode()).as(process.log()).isEqualTo(code);
    assertThat(process.log()).doesNotContain("\\tat ").doesNotContain("Exception in thread");
    return process.log();
  }

  private static void isOneClearLine(String told, String... words) {
    assertThat(told).startsWith("selfheal serve: ").hasLineCount(1).contains(words);
  }
}
