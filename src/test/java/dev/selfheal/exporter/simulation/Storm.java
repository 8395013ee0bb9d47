package dev.selfheal.exporter.simulation;

import org.jspecify.annotations.Nullable;

/**
 * Many short calls, one after the other or from several clients at once. They are too many to be
 * followed one by one, so only their rate and their bytes are.
 *
 * @param embedding whether they are embeddings; else generations of one token
 * @param perSecond calls each second
 * @param sent bytes that the runner sends for one
 * @param received bytes that it gets for one
 * @param overlapping whether the next begins before the last is over, so that the runner is never
 *     idle
 * @param cores that they use
 * @param gpu the share of the GPU that they use, 0 to 1, at most
 */
record Storm(
    boolean embedding,
    double perSecond,
    long sent,
    long received,
    boolean overlapping,
    double cores,
    double gpu) {

  /**
   * @param shown whether the GPU shows it
   */
  static Storm random(Chance chance, boolean onGpu, boolean shown) {
    boolean embedding = chance.in(0.6);
    boolean calm = chance.in(0.4);
    double rate = calm ? 1 : onGpu ? chance.share(4, 60) : chance.share(0.7, 10);
    return new Storm(
        embedding,
        rate,
        embedding ? chance.between(3_000, 12_000) : chance.between(290, 700),
        chance.between(300, 2_000),
        !calm && chance.in(0.8),
        calm ? chance.share(0.02, 0.3) : chance.share(0.6, 1.1),
        onGpu ? chance.share(shown ? 0.12 : 0.01, 0.5) : 0);
  }

  String path() {
    return embedding ? "/api/embed" : "/api/generate";
  }

  /** One of its connections, as a look catches it; null if none is there just then. */
  @Nullable Socket caught(Chance chance, int port, long now) {
    if (!chance.in(Math.min(0.9, cores))) {
      return null;
    }
    Socket socket = new Socket(port, (int) chance.between(32_768, 60_999), now);
    socket.sent = 172;
    socket.received = 412;
    return socket;
  }
}
