package dev.selfheal.exporter.probe;

import dev.selfheal.ollama.ApiAnswer;
import dev.selfheal.ollama.OddBodyException;
import dev.selfheal.ollama.VersionAnswer;

/** Reads {@code /api/version}. */
final class VersionBody {

  private VersionBody() {}

  /** The version: printable ASCII, at most 40 characters. */
  static String read(byte[] body) throws OddBodyException {
    ApiAnswer answer = VersionAnswer.read(body);
    if (answer instanceof ApiAnswer.Answering given) {
      return given.version();
    }
    throw new OddBodyException(((ApiAnswer.Silent) answer).why());
  }
}
