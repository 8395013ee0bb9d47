package dev.selfheal.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/**
 * The ledger's rows in one SQLite file, for one receiver. Commits are on the disk when they return
 * (WAL with synchronous=FULL). Writers queue in this process, in order, so that none waits in
 * SQLite's own sleeping loop.
 */
final class SqliteStore implements Store {

  /** How long another program may hold the file before that is an error. */
  private static final int BUSY_MILLIS = 2_000;

  private final Path file;
  private final HikariDataSource pool;
  private final Jdbi jdbi;
  private final ReentrantLock writer = new ReentrantLock(true);

  SqliteStore(Path file) {
    this.file = file;
    this.pool = new HikariDataSource(settings(file));
    this.jdbi = Jdbi.create(pool);
  }

  static String url(Path file) {
    return "jdbc:sqlite:"
        + file.toAbsolutePath()
        + "?journal_mode=WAL&synchronous=FULL&foreign_keys=true&transaction_mode=IMMEDIATE"
        + "&busy_timeout="
        + BUSY_MILLIS;
  }

  private static HikariConfig settings(Path file) {
    HikariConfig settings = new HikariConfig();
    settings.setPoolName("ledger");
    settings.setJdbcUrl(url(file));
    settings.setMaximumPoolSize(4);
    settings.setMinimumIdle(1);
    settings.setConnectionTimeout(BUSY_MILLIS + 1_000L);
    settings.setRegisterMbeans(false);
    return settings;
  }

  @Override
  public <T> T write(Function<Handle, T> work) {
    writer.lock();
    try {
      if (!Files.exists(file)) {
        throw new LedgerException(
            "the ledger " + file + " was removed while in use: put it back, or restart selfheal");
      }
      return jdbi.inTransaction(TransactionIsolationLevel.UNKNOWN, work::apply);
    } catch (LedgerException e) {
      throw e;
    } catch (RuntimeException e) {
      throw SqliteFaults.explain(file, e);
    } finally {
      writer.unlock();
    }
  }

  @Override
  public <T> T read(Function<Handle, T> work) {
    try {
      return jdbi.withHandle(work::apply);
    } catch (RuntimeException e) {
      throw SqliteFaults.explain(file, e);
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
