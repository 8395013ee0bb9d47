package dev.selfheal.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.selfheal.ledger.Heard.Disposition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens when the ledger cannot be read or written, and what the operator is told. */
class UnusableLedgerTest {

  @TempDir Path folder;
  private Path file = Path.of("");

  @BeforeEach
  void nameFile() {
    file = folder.resolve("ledger.db");
  }

  private Ledger open() {
    return SqliteLedger.open(file, Clock.systemUTC());
  }

  private static Disposition hear(Ledger ledger, String alert) {
    return ledger.hear(List.of(LedgerContract.firing("a", alert))).get(0).disposition();
  }

  @Test
  void aFolderThatIsMissingIsNamed() {
    file = folder.resolve("missing").resolve("ledger.db");
    assertThatThrownBy(this::open)
        .isExactlyInstanceOf(LedgerException.class)
        .hasMessageContainingAll("folder " + folder.resolve("missing") + " cannot be written")
        .hasMessageEndingWith("create it, and give it to the receiver's user");
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamed() throws Exception {
    Path notFolder = Files.writeString(folder.resolve("file"), "");
    // Nobody can create files in these, not even root.
    for (Path unwritable : List.of(notFolder, Path.of("/proc"))) {
      file = unwritable.resolve("ledger.db");
      assertThatThrownBy(this::open)
          .isExactlyInstanceOf(LedgerException.class)
          .hasMessageContaining("folder " + unwritable + " cannot be written");
    }
  }

  @Test
  void aFolderInPlaceOfTheFileIsNamed() throws Exception {
    Files.createDirectory(file);
    assertThatThrownBy(this::open)
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("the ledger " + file)
        .hasMessageContaining("give the receiver's user the file");
  }

  @Test
  void aSecondReceiverIsTurnedAwayUntilTheFirstHasEnded() throws Exception {
    try (Ledger first = open()) {
      hear(first, "1");
      assertThatThrownBy(this::open)
          .hasMessage("the ledger %s is in use by another receiver: stop that one first", file);
      assertThatThrownBy(this::open).isExactlyInstanceOf(LedgerException.class);
      assertThat(LedgerProcess.run("", file)).singleElement().asString().contains("is in use by");
      hear(first, "2");
    }
    try (Ledger second = open()) {
      assertThat(hear(second, "2")).isEqualTo(Disposition.REPEATED);
    }
  }

  @Test
  void aLinkToTheFileLeadsToTheSameLock() throws Exception {
    try (Ledger first = open()) {
      hear(first, "1");
      Path link = Files.createDirectory(folder.resolve("elsewhere")).resolve("my.db");
      Files.createSymbolicLink(link, file);
      assertThatThrownBy(() -> SqliteLedger.open(link, Clock.systemUTC()))
          .hasMessage("the ledger %s is in use by another receiver: stop that one first", link);
      assertThat(LedgerProcess.run("", link)).singleElement().asString().contains("is in use by");
    }
  }

  @Test
  void anotherProgramThatLocksTheFileIsWaitedForOnlyShortly() throws Exception {
    try (Ledger ledger = open();
        Connection other = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      hear(ledger, "1");
      other.createStatement().execute("begin immediate");
      assertTimeout(
          Duration.ofSeconds(4),
          () ->
              assertThatThrownBy(() -> hear(ledger, "2"))
                  .isExactlyInstanceOf(LedgerException.class)
                  .hasMessageContaining("is locked by another program: end that program"));
      assertThat(ledger.openIncidents()).hasSize(1);
      other.createStatement().execute("rollback");
      assertThat(hear(ledger, "2")).isEqualTo(Disposition.JOINED);
    }
  }

  @Test
  void aFileThatIsLockedAtTheStartIsSaidToBe() throws Exception {
    open().close();
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      other.createStatement().execute("begin immediate");
      assertThatThrownBy(this::open).hasMessageContaining("is locked by another program");
    }
    open().close();
  }

  @Test
  void aFileRemovedOrReplacedWhileInUseIsNotReplacedByAnEmptyOne() throws Exception {
    Path copy = folder.resolve("copy");
    try (Ledger ledger = open()) {
      hear(ledger, "1");
      Files.move(file, copy);
      assertThatThrownBy(() -> hear(ledger, "2"))
          .isExactlyInstanceOf(LedgerException.class)
          .hasMessageEndingWith(
              "was removed or replaced while in use: put it back, and restart selfheal");
      assertThatThrownBy(ledger::check).isInstanceOf(LedgerException.class);
      assertThat(file).doesNotExist();
      Files.copy(copy, file);
      assertThatThrownBy(ledger::check).hasMessageContaining("replaced");
    }
  }

  @Test
  void aFileThatWentWithoutItsLogIsNotTakenForAFirstStart() throws Exception {
    Files.writeString(folder.resolve("ledger.db-wal"), "of a ledger that was here");
    assertThatThrownBy(this::open)
        .isInstanceOf(LedgerException.Corrupt.class)
        .hasMessageContaining("its file is gone, its write-ahead log is still there");
    assertThat(file).doesNotExist();
  }

  @Test
  void aFullDiskLosesNothingThatWasAnswered() throws Exception {
    open().close();
    // In blocks of 512 bytes: no file may grow beyond 2 MB, which to SQLite is like a full disk,
    // and
    // leaves room for its own library.
    List<String> said = LedgerProcess.run("ulimit -f 4000;", file);
    int heard = Integer.parseInt(said.get(0).substring(0, said.get(0).indexOf(' ')));
    assertThat(heard).isPositive();
    assertThat(said.get(0)).contains("the ledger " + file + " cannot").contains("disk");
    assertThat(said.get(1)).isEqualTo(heard + " are there");
    try (Ledger ledger = open()) {
      assertThat(ledger.openIncidents().get(0).alerts().all()).isEqualTo(heard);
      assertThat(hear(ledger, "another")).isEqualTo(Disposition.JOINED);
    }
  }

  @Test
  void aLibraryThatCannotBeUnpackedIsNamed() throws Exception {
    open().close();
    String nowhere = "JDK_JAVA_OPTIONS=-Dorg.sqlite.tmpdir=" + folder.resolve("missing");
    assertThat(LedgerProcess.run("export " + nowhere + ";", file))
        .singleElement()
        .asString()
        .contains("SQLite's library cannot be loaded: set -Dorg.sqlite.tmpdir");
  }

  @Test
  void aClosedLedgerSaysNoRatherThanNothing() {
    Ledger ledger = open();
    ledger.close();
    ledger.close();
    assertThatThrownBy(ledger::check).isInstanceOf(LedgerException.class);
  }
}
