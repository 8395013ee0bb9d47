package dev.selfheal.exporter.detect;

import dev.selfheal.exporter.sample.Connection;
import dev.selfheal.exporter.sample.ConnectionState;
import dev.selfheal.exporter.sample.Traffic;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One connection to a runner, over the samples that showed it. */
final class CallWatch {
  private final Duration firstSeen;
  private final Flow flow = new Flow();
  private @Nullable Duration closeWaitSince;
  private @Nullable Duration lastByte;
  private Duration lastSeen;
  private boolean established;
  private boolean blocked;
  private boolean blockedBefore;

  CallWatch(Duration at) {
    this.firstSeen = at;
    this.lastSeen = at;
  }

  /**
   * Notes what a sample shows of it.
   *
   * @return bytes it sent since the sample before
   */
  long add(Duration at, Connection connection) {
    lastSeen = at;
    established = connection.state() == ConnectionState.ESTABLISHED;
    boolean closing = connection.state() == ConnectionState.CLOSE_WAIT;
    closeWaitSince = !closing ? null : closeWaitSince == null ? at : closeWaitSince;
    blockedBefore = blocked;
    blocked = connection.sendQueue() > 0;
    Traffic traffic = connection.traffic();
    long sent = traffic == null ? 0 : flow.add(at, traffic);
    if (sent > 0) {
      lastByte = at;
    }
    return sent;
  }

  /** When it last made progress; null if it does not. */
  @Nullable Duration progress(boolean counted) {
    return counted && seen() ? flow.progress() : null;
  }

  /** It stays, and is alive: the other side reads what it is sent. */
  boolean alive() {
    return established && seen() && !(blocked && blockedBefore);
  }

  /** Since when its client has been gone without the runner's noticing; null if it is not so. */
  @Nullable Duration abandonedSince() {
    return closeWaitSince != null && lastSeen.compareTo(closeWaitSince) > 0 ? closeWaitSince : null;
  }

  /** The client is gone, whether that lasts or not. */
  boolean closing() {
    return closeWaitSince != null;
  }

  Duration firstSeen() {
    return firstSeen;
  }

  /** Since when it has been silent: its last byte, or when it was first seen. */
  Duration silentSince() {
    return lastByte == null ? firstSeen : lastByte;
  }

  /** Since when nothing has come in over it. */
  Duration receivedStillSince() {
    return flow.receivedStillSince();
  }

  /** Seen in two samples or more. */
  private boolean seen() {
    return lastSeen.compareTo(firstSeen) > 0;
  }
}
