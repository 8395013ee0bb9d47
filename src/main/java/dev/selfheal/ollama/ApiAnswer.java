package dev.selfheal.ollama;

/** What came of asking an Ollama server whether its API answers. */
public sealed interface ApiAnswer {

  /**
   * It answers.
   *
   * @param version what it says its version is: printable ASCII, at most 40 characters
   */
  record Answering(String version) implements ApiAnswer {}

  /**
   * It does not, or what answers is no Ollama.
   *
   * @param why one line of at most 200 characters
   */
  record Silent(String why) implements ApiAnswer {}
}
