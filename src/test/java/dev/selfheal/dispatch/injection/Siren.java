package dev.selfheal.dispatch.injection;

import dev.selfheal.alert.Alert;
import dev.selfheal.alert.AlertKey;
import dev.selfheal.alert.AlertStatus;
import dev.selfheal.alertmanager.Payload;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Prometheus and one or two Alertmanagers, or an exporter itself, say about one server. */
final class Siren {
  private static final Duration ROUND = Duration.ofSeconds(20);

  private final World world;
  private final Server server;
  private final Post post;
  private final boolean direct;
  private final String fingerprint;
  private final String alertname;
  private final int alertmanagers;
  private final Duration repeat;
  private int bad;
  private Instant next = World.BEGIN;

  /** The alert that fires. */
  @Nullable AlertKey firing;

  /** Whether it fires though nothing is wrong. */
  boolean falseAlarm;

  boolean silenced;

  Siren(Server server, Post post, int number, boolean direct) {
    this.world = server.world;
    this.server = server;
    this.post = post;
    this.direct = direct;
    this.fingerprint = "%016x".formatted(number + (direct ? 256 : 1));
    this.alertname = world.dice.in(0.8) ? Plan.ALERT : Plan.OTHER_ALERT;
    this.alertmanagers = world.dice.between(1, 2);
    this.repeat = direct ? Duration.ofSeconds(40) : world.dice.seconds(120, 3000);
    var unused = world.after(ROUND, this::rounds);
  }

  String fingerprint() {
    return fingerprint;
  }

  boolean active() {
    return firing != null && !direct;
  }

  boolean of(Server other) {
    return server == other;
  }

  /** It is silenced, or fires for nothing, for a while. */
  void lie(boolean silence, Duration time) {
    silenced = silence;
    falseAlarm = !silence;
    var unused = world.after(time, this::speakTruly);
  }

  private void speakTruly() {
    silenced = false;
    falseAlarm = false;
  }

  private void rounds() {
    round();
    var unused = world.after(ROUND, this::rounds);
  }

  private void round() {
    boolean wrong = falseAlarm || !server.computes();
    bad = wrong ? bad + 1 : 0;
    if (direct && server.gone()) {
      return; // Its exporter is not heard.
    }
    if (firing == null && bad > 1) {
      firing = new AlertKey(fingerprint, world.now());
      next = world.now();
    }
    AlertKey key = firing;
    if (key == null) {
      return;
    }
    if (!wrong) {
      firing = null;
      say(key, AlertStatus.RESOLVED, direct ? 0.5 : 0.2);
    } else if (!world.now().isBefore(next)) {
      next = world.now().plus(repeat);
      say(key, AlertStatus.FIRING, 0.05);
    }
  }

  private void say(AlertKey key, AlertStatus status, double lost) {
    for (int i = 0; i < alertmanagers; i++) {
      if (!world.mishap(lost) && !silenced) {
        Duration late = world.dice.in(0.1) ? world.dice.seconds(20, 400) : world.dice.seconds(0, 9);
        var unused = world.after(late, () -> post.send(payload(key, status), server.name, 8));
      }
    }
  }

  private Payload payload(AlertKey key, AlertStatus status) {
    Map<String, String> labels = Map.of("alertname", alertname, "instance", server.name + ":9100");
    Map<String, String> notes = direct ? Map.of(Payload.REPEAT_ANNOTATION, "40s") : Map.of();
    return new Payload(
        direct ? "selfheal-exporter" : "alertmanager",
        0,
        List.of(new Alert(key, status, labels, notes)),
        0);
  }
}
