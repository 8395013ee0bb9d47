package dev.selfheal.ledger;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The right to be the only receiver that uses a ledger's file. The kernel drops it when the process
 * ends, however it ends; the lock's file stays.
 */
final class ReceiverLock implements AutoCloseable {

  /**
   * What this process has locked. The kernel's locks belong to processes, and closing any other
   * channel to a locked file gives its lock away: so a second channel must never be opened.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final FileChannel channel;

  private ReceiverLock(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Takes the lock, without waiting for it.
   *
   * @throws LedgerException if another receiver has it, or the folder cannot be written
   */
  static ReceiverLock of(Path file) {
    Path absolute = file.toAbsolutePath();
    Path folder = absolute.resolveSibling("").normalize();
    try {
      Path path = lock(absolute, folder);
      if (!HELD.add(path)) {
        throw inUse(file);
      }
      return locked(file, path);
    } catch (IOException e) {
      throw new LedgerException(
          "the ledger's folder "
              + folder
              + " cannot be written ("
              + e
              + "): create it, and give it to the receiver's user",
          e);
    }
  }

  /** Beside the file itself: a link to it must lead to the same lock. */
  private static Path lock(Path file, Path folder) throws IOException {
    Path real =
        Files.exists(file) ? file.toRealPath() : folder.toRealPath().resolve(file.getFileName());
    return real.resolveSibling(real.getFileName() + ".lock");
  }

  private static ReceiverLock locked(Path file, Path path) throws IOException {
    FileChannel channel = null;
    boolean locked = false;
    try {
      channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      locked = channel.tryLock() != null;
      if (!locked) {
        throw inUse(file);
      }
      return new ReceiverLock(path, channel);
    } finally {
      if (!locked) {
        HELD.remove(path);
        if (channel != null) {
          channel.close();
        }
      }
    }
  }

  private static LedgerException inUse(Path file) {
    return new LedgerException(
        "the ledger " + file + " is in use by another receiver: stop that one first");
  }

  @Override
  public void close() {
    if (!channel.isOpen()) {
      return;
    }
    try {
      channel.close();
    } catch (IOException e) {
      throw new LedgerException("the ledger's lock " + path + " cannot be closed (" + e + ")", e);
    } finally {
      HELD.remove(path);
    }
  }
}
