package dev.selfheal.demo;

import dev.selfheal.demo.Job.Piece;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;

/** Answers one call to a runner, as its version does. */
final class RunnerCall {
  /** The real one writes 8 bytes after so long a silence. */
  private static final int PINGS_MILLIS = 30_000;

  private static final int LOOK_MILLIS = 500;

  private final FakeVersion version;
  private final Decoder decoder;
  private final Socket socket;

  RunnerCall(FakeVersion version, Decoder decoder, Socket socket) {
    this.version = version;
    this.decoder = decoder;
    this.socket = socket;
  }

  /** Streams the tokens of a question. */
  void complete(int tokens) throws IOException, InterruptedException {
    Job job = new Job(tokens);
    OutputStream out = socket.getOutputStream();
    HttpText.beginChunks(out, type());
    decoder.submit(job);
    try {
      for (Piece piece = next(job, out); !piece.last(); piece = next(job, out)) {
        HttpText.sendChunk(out, text(piece));
      }
      HttpText.sendChunk(out, text(new Piece("", tokens, true)));
      HttpText.endChunks(out);
    } finally {
      job.cancel();
    }
  }

  private Piece next(Job job, OutputStream out) throws IOException, InterruptedException {
    int silent = 0;
    @Nullable Piece piece = null;
    while (piece == null) {
      piece = job.next(LOOK_MILLIS);
      silent += LOOK_MILLIS;
      if (piece == null && silent >= PINGS_MILLIS && version == FakeVersion.PER_CALL) {
        HttpText.sendChunk(out, ":\n\n");
        silent = 0;
      }
      if (piece == null && job.isReading() && decoder.mode() == Decoder.Mode.GO && isLeft()) {
        throw new IOException("the server gave up");
      }
    }
    return piece;
  }

  /** Looks only while a prompt is read: a decoder that hangs notices nobody's leaving. */
  private boolean isLeft() throws IOException {
    socket.setSoTimeout(1);
    try {
      InputStream in = socket.getInputStream();
      return in.read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } finally {
      socket.setSoTimeout(0);
    }
  }

  private String type() {
    return version == FakeVersion.PER_CALL
        ? "text/event-stream\r\nServer: llama.cpp\r\nAccess-Control-Allow-Origin: *"
            + "\r\nKeep-Alive: timeout=5, max=100"
        : "application/json";
  }

  private String text(Piece piece) {
    if (version == FakeVersion.POOLED) {
      return piece.last() ? "{\"done\":true}\n" : "{\"content\":\"" + piece.text() + "\"}\n";
    }
    return "data: {\"index\":0,\"content\":\"%s\",\"tokens\":[],\"stop\":%b,\"id_slot\":-1,\"tokens_predicted\":%d,\"tokens_evaluated\":4}\n\n"
        .formatted(piece.text(), piece.last(), piece.count());
  }
}
