package dev.selfheal.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ledger that is damaged, or not a ledger, is never taken for an empty one. */
class DamagedLedgerTest {

  private static final int PAGE = 4096;

  @TempDir Path folder;
  private Path file = Path.of("");

  @BeforeEach
  void fillLedger() {
    file = folder.resolve("ledger.db");
    try (Ledger ledger = open()) {
      ledger.hear(
          IntStream.range(0, 1_000)
              .mapToObj(i -> LedgerContract.firing("a", "alert-" + i))
              .toList());
    }
  }

  private Ledger open() {
    return SqliteLedger.open(file, Clock.systemUTC());
  }

  private void overwrite(long from, int bytes) throws IOException {
    byte[] garbage = new byte[bytes];
    Arrays.fill(garbage, (byte) 0xa5);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(garbage), from);
    }
  }

  private void sql(String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      for (String statement : statements) {
        connection.createStatement().execute(statement);
      }
    }
  }

  private void refusesAsDamaged(String what) {
    byte[] before = content();
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(this::open)
          .isInstanceOf(LedgerException.Corrupt.class)
          .hasMessageMatching("the ledger \\Q" + file + "\\E is damaged \\(.*\\): move it aside.*")
          .hasMessageContaining(what);
    }
    assertThat(Arrays.equals(content(), before)).as("is left as it was").isTrue();
  }

  private byte[] content() {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aDamagedHeaderIsSeenAtTheStart() throws Exception {
    overwrite(0, 100);
    refusesAsDamaged("not a database");
  }

  @Test
  void aDamagedPageIsSeenAtTheStart() throws Exception {
    overwrite(10L * PAGE + 1, PAGE / 2);
    refusesAsDamaged("");
  }

  @Test
  void aFileCutOffIsSeenAtTheStart() throws Exception {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(10L * PAGE);
    }
    refusesAsDamaged("");
  }

  @Test
  void anEmptyFileIsSeenAtTheStart() throws Exception {
    Files.write(file, new byte[0]);
    refusesAsDamaged("its file is empty");
  }

  @Test
  void aDatabaseWithoutTheLedgersTablesIsNotALedger() throws Exception {
    Files.delete(file);
    sql("create table other (x)");
    refusesAsDamaged("not a ledger");
  }

  @Test
  void damageMetWhileRunningIsSaidToBeDamage() throws Exception {
    try (Ledger ledger = open()) {
      overwrite(PAGE, (int) Files.size(file) - PAGE);
      assertThatThrownBy(
              () ->
                  ledger.hear(
                      IntStream.range(0, 500)
                          .mapToObj(i -> LedgerContract.firing("b", "more-" + i))
                          .toList()))
          .isInstanceOf(LedgerException.Corrupt.class);
      assertThatThrownBy(() -> ledger.incidents(LedgerContract.ALL))
          .isInstanceOf(LedgerException.Corrupt.class);
    }
    refusesAsDamaged("");
  }

  @Test
  void aLedgerOfANewerProgramIsLeftAlone() throws Exception {
    sql(
        "insert into flyway_schema_history (installed_rank, version, description, type, script,"
            + " installed_by, execution_time, success)"
            + " values (99, '99', 'later', 'SQL', 'V99__later.sql', 'x', 0, 1)");
    assertThatThrownBy(this::open)
        .isExactlyInstanceOf(LedgerException.class)
        .hasMessageContaining(
            "was written by a newer selfheal (tables 99, known here " + SqliteSchema.NEWEST + ")");
  }

  @Test
  void theNumberOfTheNewestTablesIsThatOfTheNewestMigration() throws Exception {
    Flyway flyway =
        Flyway.configure()
            .dataSource(SqliteStore.url(file), null, null)
            .locations("classpath:db/sqlite")
            .load();
    assertThat(flyway.info().pending()).isEmpty();
    assertThat(flyway.info().current())
        .isNotNull()
        .extracting(migration -> migration.getVersion().toString())
        .isEqualTo(Integer.toString(SqliteSchema.NEWEST));
    flyway.validate();
  }

  @Test
  void tablesOfAnOlderProgramAreMigrated() throws Exception {
    Files.delete(file);
    Flyway.configure()
        .dataSource(SqliteStore.creatingUrl(file), null, null)
        .locations("classpath:db/sqlite")
        .baselineVersion("0")
        .load()
        .baseline();
    try (Ledger ledger = open()) {
      ledger.check();
    }
  }

  @Test
  void openingAgainChangesNothing() throws Exception {
    byte[] before = content();
    open().close();
    open().close();
    assertThat(Arrays.equals(content(), before)).as("is left as it was").isTrue();
    assertThat(List.of(folder.resolve("ledger.db-wal"), folder.resolve("ledger.db.new")))
        .noneMatch(Files::exists);
  }

  @Test
  void commitsWaitForTheDisk() throws Exception {
    try (Connection connection = DriverManager.getConnection(SqliteStore.url(file))) {
      assertThat(pragma(connection, "synchronous")).isEqualTo("2");
      assertThat(pragma(connection, "journal_mode")).isEqualTo("wal");
      assertThat(pragma(connection, "foreign_keys")).isEqualTo("1");
    }
  }

  private static String pragma(Connection connection, String name) throws SQLException {
    try (ResultSet rows = connection.createStatement().executeQuery("pragma " + name)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }
}
