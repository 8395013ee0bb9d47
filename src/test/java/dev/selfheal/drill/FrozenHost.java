package dev.selfheal.drill;

import dev.selfheal.action.CommandResult;
import dev.selfheal.action.CommandResult.Exited;
import dev.selfheal.action.Freeze;
import dev.selfheal.action.Gathered;
import dev.selfheal.action.Host;
import dev.selfheal.action.HostReport;
import dev.selfheal.action.Hosts;
import dev.selfheal.ollama.HttpOllamaServer;
import dev.selfheal.ollama.OllamaServer;
import dev.selfheal.remedy.Action;
import dev.selfheal.remedy.Target;
import dev.selfheal.testkit.FakeApi;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A host with one Ollama, which a drill can stop and let go on, and a test can restart. */
final class FrozenHost implements Hosts, Host {
  private static final String CHUNK = "{\"response\":\"one\",\"done\":false}\n";
  private static final String TOKEN =
      "{\"response\":\"one\",\"done\":true,\"done_reason\":\"length\"}";

  final FakeApi api = new FakeApi();
  final List<String> orders = new ArrayList<>();
  volatile boolean active = true;
  volatile boolean exporterStopped;
  volatile boolean stalledBefore;
  volatile int inFlight;
  volatile long pid = 100;
  volatile boolean frozen;
  volatile CommandResult answerToFreeze = new Exited(0, "");
  volatile CommandResult answerToThaw = new Exited(0, "");
  volatile String answerToQuestion =
      "Failed to start: --job-mode=triggering is only valid for stop.";
  volatile Runnable whenAsked = () -> {};
  volatile Runnable whenFrozen = () -> {};
  volatile Runnable whenThawed = () -> {};
  volatile boolean faulty;

  FrozenHost() {
    String list = "{\"models\":[{\"name\":\"tiny\",\"size\":2000000,\"context_length\":4096}]}";
    api.answer("/api/ps", 200, list)
        .answer("/api/tags", 200, list)
        .answer("/api/version", 200, "{\"version\":\"0.30.0\"}");
    api.talk("/api/generate", CHUNK);
  }

  /** Somebody restarts the server. */
  void restart() {
    pid = 200;
    frozen = false;
    api.answer("/api/generate", 200, TOKEN);
    api.release();
  }

  @Override
  public Host visit(Target target) {
    return this;
  }

  @Override
  public Optional<String> unit() {
    return Optional.of("ollama.service");
  }

  @Override
  public boolean remote() {
    return true;
  }

  @Override
  public HostReport look(Duration limit) {
    if (faulty) {
      throw new IllegalStateException("a fault");
    }
    String state = active ? "active\nSubState=running" : "inactive\nSubState=dead";
    String page =
        """
        |selfheal_exporter_last_run_timestamp_seconds %d
        |selfheal_exporter_start_time_seconds 1000
        |ollama_up 1
        |ollama_requests_in_flight %d
        |ollama_frozen_threshold_seconds 30
        |ollama_frozen_duration_seconds %d
        |ollama_frozen_reason{reason="stopped"} 1
        """
            .formatted(
                exporterStopped ? 90_000 : 100_000,
                inFlight,
                !exporterStopped && (frozen || stalledBefore) ? 31 : 0);
    return HostReport.parse(
        """
        selfheal-host-agent 1 status
        [clock]
        epoch=100001
        uptime=9000.00
        hertz=100
        boot_id=b
        [unit]
        Id=ollama.service
        LoadState=loaded
        ActiveState=%s
        InvocationID=%032d
        MainPID=%d
        [processes]
        [sockets]
        [page]
        %s[exporter]
        [end]
        """
            .formatted(state, pid, active ? pid : 0, page));
  }

  @Override
  public Gathered gather(Duration limit) {
    throw new AssertionError("a drill gathers nothing");
  }

  @Override
  public CommandResult resetFailed(Duration limit) {
    throw new AssertionError("a drill clears nothing");
  }

  @Override
  public CommandResult act(Action action, Duration limit) {
    throw new AssertionError("a drill restarts nothing");
  }

  @Override
  public String line(Action action) {
    return "";
  }

  @Override
  public boolean throughSystemd() {
    return true;
  }

  @Override
  public CommandResult askToFreeze(Duration limit) {
    whenAsked.run();
    return new Exited(1, answerToQuestion);
  }

  @Override
  public CommandResult freeze(Freeze freeze, Duration limit) {
    orders.add(freeze.what() + " for " + freeze.most().toSeconds() + " s");
    if (answerToFreeze instanceof Exited exited && exited.status() == 0) {
      frozen = true;
      whenFrozen.run();
    }
    return answerToFreeze;
  }

  /** A runner that goes on answers the next question. */
  @Override
  public CommandResult thaw(Duration limit) {
    orders.add("thaw");
    if (answerToThaw instanceof Exited) {
      frozen = false;
      api.answer("/api/generate", 200, TOKEN);
      api.release();
    }
    whenThawed.run();
    return answerToThaw;
  }

  @Override
  public OllamaServer server() {
    return new HttpOllamaServer(api.uri(), System::nanoTime);
  }

  @Override
  public void close() {
    // Each visit is this one.
  }
}
