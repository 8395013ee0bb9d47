package dev.selfheal.demo;

import java.util.List;

/** Says what will be seen, how long it takes, and what differs from what is shipped. */
record Introduction(Place place, Tempo tempo, boolean withPrometheus) {
  private static final List<String> LENGTH_SHIPPED =
      List.of("With the shipped thresholds it takes 6 to 8 minutes; with --fast about one.");

  private static final List<String> LENGTH_FAST =
      List.of(
          "It takes about a minute, because --fast scales: exporter.interval 5 s -> 1 s,",
          "thresholds gpu 45 s -> 15 s and stopped 30 s -> 2 s, cooldown 60 s -> 1 s,",
          "settle 2 min -> 10 s, recheck 3 s -> 0.5 s. The budget stays at 3 restarts an hour.");

  private static final List<String> DIRECT =
      List.of("The exporter itself tells the receiver (exporter.webhook), without Prometheus.");

  void show(Screen screen) {
    screen.say(
        "A frozen Ollama heals itself, on this machine. Played are the server, its GPU, and");
    screen.say("what systemctl and journalctl say of it; the exporter and the receiver are real.");
    screen.say("All of it lives on 127.0.0.1 and in");
    screen.say(place.folder() + ", and is removed at the end.");
    (tempo.scaled() ? LENGTH_FAST : LENGTH_SHIPPED).forEach(screen::say);
    (withPrometheus ? PrometheusChain.changes(tempo) : DIRECT).forEach(screen::say);
    if (!place.hasUsualPort()) {
      screen.say(
          "Port %d is taken: the receiver listens on %d."
              .formatted(UsualPort.NUMBER, place.port()));
    }
    screen.say("");
    screen.waiting("the fake Ollama starts");
  }
}
