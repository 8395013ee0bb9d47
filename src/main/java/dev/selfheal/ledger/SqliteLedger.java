package dev.selfheal.ledger;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/** Opens a ledger in a SQLite file, which only one receiver may use at a time. */
public final class SqliteLedger {

  private SqliteLedger() {}

  /**
   * Opens the ledger, and creates it if the file does not exist.
   *
   * @throws LedgerException if the folder cannot be written, another receiver has it open, or the
   *     file is damaged; the message says which, and what to do
   */
  public static Ledger open(Path file, Clock clock) {
    FileChannel lock = lock(file);
    try {
      if (Files.notExists(file)) {
        create(file);
      }
      migrate(file);
      SqliteStore store = new SqliteStore(file);
      verify(file, store);
      return new JdbcLedger(store, clock, () -> unlock(lock));
    } catch (RuntimeException e) {
      unlock(lock);
      throw e instanceof LedgerException known ? known : SqliteFaults.explain(file, e);
    }
  }

  /**
   * The kernel drops this lock when the process ends, however it ends. Its file stays.
   */
  private static FileChannel lock(Path file) {
    Path path = file.resolveSibling(file.getFileName() + ".lock");
    try {
      FileChannel channel =
          FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        throw new LedgerException(
            "the ledger " + file + " is in use by another receiver: stop that one first");
      }
      return channel;
    } catch (IOException e) {
      throw new LedgerException(
          "the ledger's folder "
              + path.toAbsolutePath().getParent()
              + " cannot be written ("
              + e
              + "): create it, and give it to the receiver's user",
          e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static void unlock(FileChannel lock) {
    try {
      lock.close();
    } catch (IOException e) {
      throw new LedgerException("the ledger's lock cannot be closed (" + e + ")", e);
    }
  }

  /**
   * A ledger comes into being whole, under another name first: a file that is there but empty was
   * damaged, and must not pass for a fresh start with a full budget.
   */
  private static void create(Path file) {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      if (Files.exists(file.resolveSibling(file.getFileName() + "-wal"))) {
        throw SqliteFaults.corrupt(file, "its file is gone, its write-ahead log is still there");
      }
      Files.deleteIfExists(fresh);
      Files.deleteIfExists(fresh.resolveSibling(fresh.getFileName() + "-wal"));
      Files.deleteIfExists(fresh.resolveSibling(fresh.getFileName() + "-shm"));
      migrate(fresh);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new LedgerException("the ledger " + file + " cannot be created (" + e + ")", e);
    }
  }

  private static void migrate(Path file) {
    try {
      if (Files.exists(file) && Files.size(file) == 0) {
        throw SqliteFaults.corrupt(file, "its file is empty");
      }
      Flyway.configure()
          .dataSource(SqliteStore.url(file), null, null)
          .locations("classpath:db/sqlite")
          .load()
          .migrate();
    } catch (IOException e) {
      throw new LedgerException("the ledger " + file + " cannot be read (" + e + ")", e);
    } catch (FlywayException e) {
      throw SqliteFaults.explain(file, e);
    }
  }

  private static void verify(Path file, Store store) {
    String verdict =
        store.read(h -> h.createQuery("pragma quick_check(1)").mapTo(String.class).one());
    if (!verdict.equals("ok")) {
      store.close();
      throw SqliteFaults.corrupt(file, verdict);
    }
  }
}
