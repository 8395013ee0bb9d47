package dev.selfheal.exporter;

import dev.selfheal.exporter.sample.Answer;
import dev.selfheal.exporter.sample.Api;
import dev.selfheal.exporter.sample.Connection;
import dev.selfheal.exporter.sample.ConnectionState;
import dev.selfheal.exporter.sample.Dialect;
import dev.selfheal.exporter.sample.Endpoint;
import dev.selfheal.exporter.sample.Gpus;
import dev.selfheal.exporter.sample.LoadedModel;
import dev.selfheal.exporter.sample.LogEvents;
import dev.selfheal.exporter.sample.ProcessStat;
import dev.selfheal.exporter.sample.ProcessState;
import dev.selfheal.exporter.sample.Processes;
import dev.selfheal.exporter.sample.Reading;
import dev.selfheal.exporter.sample.RunnerProcess;
import dev.selfheal.exporter.sample.Sample;
import dev.selfheal.exporter.sample.Sockets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Samples of a host, for tests. */
final class Samples {
  static final Instant NOW = Instant.parse("2026-11-22T01:40:00Z");
  static final int API_PORT = 11434;
  static final Api NO_API =
      new Api(new Answer.NotAsked<>(), new Answer.NotAsked<>(), new Answer.NotAsked<>());

  private Samples() {}

  /** A host of which nothing can be read. */
  static Sample blind() {
    return new Sample(
        NOW,
        new Reading.Unknown<>("x"),
        new Reading.Unknown<>("x"),
        NO_API,
        new Gpus.Unreadable("x"),
        new Reading.Unknown<>("x"));
  }

  static Sample with(Sample sample, Reading<Processes> processes) {
    return new Sample(
        sample.wall(), processes, sample.sockets(), sample.api(), sample.gpus(), sample.log());
  }

  static Sample with(Sample sample, Api api) {
    return new Sample(
        sample.wall(), sample.processes(), sample.sockets(), api, sample.gpus(), sample.log());
  }

  static Sample with(Sample sample, Gpus gpus) {
    return new Sample(
        sample.wall(), sample.processes(), sample.sockets(), sample.api(), gpus, sample.log());
  }

  static Sample withLog(Sample sample, LogEvents log) {
    return new Sample(
        sample.wall(),
        sample.processes(),
        sample.sockets(),
        sample.api(),
        sample.gpus(),
        new Reading.Known<>(log));
  }

  static Sample withSockets(Sample sample, Sockets sockets) {
    return new Sample(
        sample.wall(),
        sample.processes(),
        new Reading.Known<>(sockets),
        sample.api(),
        sample.gpus(),
        sample.log());
  }

  static Reading<Processes> processes(RunnerProcess... runners) {
    return new Reading.Known<>(
        new Processes(
            stat(100, 1, ProcessState.SLEEPING, Duration.ofSeconds(3)), List.of(runners)));
  }

  static RunnerProcess runner(long pid, Duration cpu, @Nullable String blob) {
    return new RunnerProcess(
        stat(pid, 100, ProcessState.RUNNING, cpu),
        39_719,
        Dialect.CONNECTION_PER_CALL,
        false,
        blob);
  }

  static ProcessStat stat(long pid, long parent, ProcessState state, Duration cpu) {
    return new ProcessStat(pid, parent, state, cpu, 5000, 1000);
  }

  static Api loaded(LoadedModel... models) {
    return new Api(good("0.32.15"), new Answer.NotAsked<>(), good(List.of(models)));
  }

  static LoadedModel model(String name, long size, long vram, @Nullable String blob) {
    return new LoadedModel(name, NOW.plusSeconds(292), size, vram, 4096, blob);
  }

  static <T> Answer<T> good(T body) {
    return new Answer.Good<>(body, Duration.ofMillis(2));
  }

  static Connection connection(int port, ConnectionState state, int peer) {
    return new Connection(
        state, new Endpoint("127.0.0.1", port), new Endpoint("127.0.0.1", peer), 0, 0, null);
  }
}
