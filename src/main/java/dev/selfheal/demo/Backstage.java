package dev.selfheal.demo;

import dev.selfheal.demo.Watch.Awaited;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Starts what the demo is played with, and shows that it has started. */
final class Backstage {
  private final Place place;
  private final Tempo tempo;
  private final Programs programs;
  private final FakeOllama fake;

  /**
   * @param programs where it starts them
   */
  Backstage(Place place, Tempo tempo, Programs programs, FakeOllama fake) {
    this.place = place;
    this.tempo = tempo;
    this.programs = programs;
    this.fake = fake;
  }

  /** Starts everything. */
  Cast start(Clients clients, boolean withPrometheus) throws IOException {
    PrometheusChain chain = withPrometheus ? PrometheusChain.on(place, tempo) : null;
    place.token("webhook.token");
    String operator = place.token("operator.token");
    place.write(
        "selfheal.yml",
        new Settings(
                place,
                tempo,
                fake.uri(),
                fake.restartCommand(),
                chain == null ? null : chain.alertmanagerUri())
            .yaml());
    Program receiver = programs.start("receiver", command("serve"), Map.of());
    programs.start("exporter", command("exporter"), Map.of("PATH", path()));
    Web web = new Web();
    return new Cast(
        new Host(fake, place.textfile(), web),
        clients.begin(web, fake.uri(), tempo.tokens()),
        new ReceiverView(web, place.receiver(), operator),
        receiver,
        chain == null ? null : chain.start(programs, web));
  }

  private List<String> command(String name) {
    return OwnJar.argv(place.scratch(), name, "--config.file=" + place.configuration());
  }

  /** The exporter finds the fake's nvidia-smi, systemctl and journalctl before any real ones. */
  private String path() {
    return fake.tools() + ":" + System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
  }

  /** Waits until everything answers, and says where. */
  void showStarted(Stage stage) throws DemoFailed, InterruptedException {
    Cast cast = stage.cast();
    String version =
        stage.watch().until(awaited("the fake Ollama answers"), () -> cast.host().version());
    step(stage, "a fake Ollama %s at %s, with a GPU of its own".formatted(version, fake.uri()));
    stage
        .watch()
        .until(awaited("the receiver is ready"), () -> cast.receiver().isReady() ? cast : null);
    stage.watch().until(awaited("the exporter has looked"), () -> cast.host().found());
    step(
        stage,
        "selfheal serve at %s (process %d), selfheal exporter"
            .formatted(cast.receiver().base(), cast.receiverProgram().pid()));
    PrometheusView prometheus = cast.prometheusOrNull();
    if (prometheus != null) {
      stage
          .watch()
          .until(
              awaited("Prometheus reads what the exporter found"),
              () -> prometheus.areReady() && prometheus.scrapes() ? cast : null);
      step(
          stage,
          "Prometheus at %s, Alertmanager at %s"
              .formatted(prometheus.prometheus(), prometheus.alertmanager()));
    }
  }

  private static void step(Stage stage, String text) {
    stage.screen().step(Mark.STARTED, text);
  }

  private Awaited awaited(String what) {
    return new Awaited(
        what, tempo.shortly().plusSeconds(20), "the logs, below", () -> what + ": not yet");
  }
}
