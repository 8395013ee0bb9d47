package dev.selfheal.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The ledger's rows in one SQLite file, for one receiver. Commits are on the disk when they return
 * (WAL with synchronous=FULL). Writers queue in this process, in order, so that none waits in
 * SQLite's own sleeping loop.
 */
final class SqliteStore implements Store {

  /** How long another program may hold the file before that is an error. */
  private static final int BUSY_MILLIS = 2_000;

  /** How long a writer queues behind others of this process: longer than any sound write takes. */
  private static final int QUEUE_MILLIS = 5_000;

  // SQLite's flags: read and write; read, write and create.
  private static final int EXISTING = 2;
  private static final int CREATE = 6;

  private static final String DURABLE = "&journal_mode=WAL&synchronous=FULL&foreign_keys=true";

  private final Path file;
  private final Optional<Object> identity;
  private final HikariDataSource pool;
  private final Jdbi jdbi;
  private final ReentrantLock writer = new ReentrantLock(true);

  SqliteStore(Path file) {
    this.file = file;
    this.identity = identity(file);
    this.pool = new HikariDataSource(settings(file));
    this.jdbi = Jdbi.create(pool);
  }

  /** Connects to a ledger, and creates the file if there is none. */
  static String creatingUrl(Path file) {
    return url(file, CREATE) + DURABLE;
  }

  /** Connects to a ledger that is there: one that vanished must not come back empty. */
  static String url(Path file) {
    return plainUrl(file) + DURABLE;
  }

  /** Connects to a file that may not be a ledger, and leaves it as it is. */
  static String plainUrl(Path file) {
    return url(file, EXISTING);
  }

  private static String url(Path file, int openMode) {
    return "jdbc:sqlite:%s?busy_timeout=%d&open_mode=%d"
        .formatted(file.toAbsolutePath(), BUSY_MILLIS, openMode);
  }

  private static HikariConfig settings(Path file) {
    HikariConfig settings = new HikariConfig();
    settings.setPoolName("ledger");
    settings.setJdbcUrl(url(file));
    settings.setMaximumPoolSize(4);
    settings.setMinimumIdle(1);
    settings.setMaxLifetime(0);
    settings.setKeepaliveTime(0);
    settings.setConnectionTimeout(BUSY_MILLIS + 1_000L);
    settings.setRegisterMbeans(false);
    return settings;
  }

  @Override
  public <T> T write(Function<Handle, T> work) {
    queue();
    try {
      if (!identity(file).equals(identity)) {
        throw new LedgerException(
            "the ledger "
                + file
                + " was removed or replaced while in use: put it back, and restart selfheal");
      }
      return transaction("begin immediate", work);
    } finally {
      writer.unlock();
    }
  }

  private void queue() {
    boolean mine = false;
    try {
      mine = writer.tryLock(QUEUE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!mine) {
      throw new LedgerException(
          "the ledger " + file + " is busy with other writes: look for a slow or failing disk");
    }
  }

  @Override
  public <T> T read(Function<Handle, T> work) {
    return transaction("begin", work);
  }

  /** By hand, because the driver would begin another transaction right after each commit. */
  private <T> T transaction(String begin, Function<Handle, T> work) {
    try (Handle handle = jdbi.open()) {
      handle.execute(begin);
      try {
        T result = work.apply(handle);
        handle.execute("commit");
        return result;
      } catch (RuntimeException | Error e) {
        rollback(handle, e);
        throw e;
      }
    } catch (RuntimeException e) {
      throw SqliteFaults.explain(file, e);
    }
  }

  private static void rollback(Handle handle, Throwable reason) {
    try {
      handle.execute("rollback");
    } catch (RuntimeException e) {
      // After some faults, such as a full disk, SQLite has rolled back by itself.
      reason.addSuppressed(e);
    }
  }

  private static Optional<Object> identity(Path file) {
    try {
      return Optional.ofNullable(Files.readAttributes(file, BasicFileAttributes.class).fileKey());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
