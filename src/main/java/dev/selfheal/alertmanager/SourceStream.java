package dev.selfheal.alertmanager;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Remembers whether the source itself failed. A JSON parser reports malformed text as an
 * IOException too; a client that went away must not be told that its JSON is wrong, and the other
 * way round.
 */
final class SourceStream extends FilterInputStream {
  private @Nullable IOException failure;

  SourceStream(InputStream source) {
    super(source);
  }

  @Override
  public int read() throws IOException {
    try {
      return super.read();
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    try {
      return super.read(buffer, offset, length);
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  /** Throws the source's own failure again, if there was one. */
  void rethrowFailure() throws IOException {
    if (failure != null) {
      throw failure;
    }
  }
}
