package dev.selfheal.exporter.simulation;

import dev.selfheal.exporter.detect.RunnerId;
import dev.selfheal.exporter.detect.Thresholds;
import dev.selfheal.exporter.detect.Verdict;
import dev.selfheal.exporter.sample.Answer;
import dev.selfheal.exporter.sample.Api;
import dev.selfheal.exporter.sample.Attribution;
import dev.selfheal.exporter.sample.Connection;
import dev.selfheal.exporter.sample.ConnectionState;
import dev.selfheal.exporter.sample.Dialect;
import dev.selfheal.exporter.sample.Gpu;
import dev.selfheal.exporter.sample.Gpus;
import dev.selfheal.exporter.sample.LoadedModel;
import dev.selfheal.exporter.sample.LogEvent;
import dev.selfheal.exporter.sample.LogEvents;
import dev.selfheal.exporter.sample.ProcessStat;
import dev.selfheal.exporter.sample.ProcessState;
import dev.selfheal.exporter.sample.Processes;
import dev.selfheal.exporter.sample.Reading;
import dev.selfheal.exporter.sample.RunnerProcess;
import dev.selfheal.exporter.sample.Sample;
import dev.selfheal.exporter.sample.Sockets;
import dev.selfheal.exporter.sample.Traffic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Ways to break the detector: each takes one kind of evidence away before it gets there. */
enum Breakage {
  NO_GPU_PROGRESS(gpus(gpu -> with(gpu, 0.0))),
  NO_BYTES(connections(Breakage::silent)),
  NO_SEND_QUEUE(connections(c -> with(c, c.state(), 0, c.traffic()))),
  NO_LOADING(loaded(Breakage::padded)),
  POOLED_CONNECTIONS_ARE_DEMAND(runners(Breakage::perCall)),
  NO_CLOSE_WAIT(
      connections(
          c ->
              c.state() == ConnectionState.CLOSE_WAIT
                  ? with(c, ConnectionState.OTHER, c.sendQueue(), c.traffic())
                  : c)),
  NO_CANARY(UnaryOperator.identity()),
  NO_CALM(UnaryOperator.identity()),
  NO_STATE_T(
      runners(
          r ->
              r.stat().state() == ProcessState.STOPPED
                  ? with(r, with(r.stat(), ProcessState.SLEEPING, r.stat().cpu()))
                  : r)),
  UNKNOWN_GPU_IS_IDLE(gpus(gpu -> gpu.utilization() == null ? with(gpu, 0.0) : gpu)),
  NO_EXPIRY(loaded((sample, models) -> models.stream().map(Breakage::unending).toList())),
  NO_STEP_GUARD(UnaryOperator.identity()),
  ALWAYS_THE_FAST_THRESHOLD(UnaryOperator.identity()),
  NO_PROGRESS_LINES(Breakage::withoutLines),
  ANY_GPU_LOAD_IS_THE_RUNNERS(Breakage::blamed);

  @SuppressWarnings("ImmutableEnumChecker") // no function here holds anything
  private final UnaryOperator<Sample> loss;

  Breakage(UnaryOperator<Sample> loss) {
    this.loss = loss;
  }

  /** A detector that is broken so. */
  Exporter.Senses senses() {
    Thresholds all = Thresholds.DEFAULT;
    Thresholds fast =
        new Thresholds(
            all.gpu(),
            all.stopped(),
            all.apiDead(),
            all.gpu(),
            all.gpu(),
            all.scheduler(),
            all.load());
    return new Exporter.Senses(
        this == ALWAYS_THE_FAST_THRESHOLD ? fast : all, ears -> new Deafened(ears));
  }

  private final class Deafened implements Exporter.Ears {
    private final Exporter.Ears ears;

    Deafened(Exporter.Ears ears) {
      this.ears = ears;
    }

    @Override
    public Verdict observe(Sample sample, Instant steady) {
      Sample less = Breakage.this == NO_CALM ? stirring(sample, steady) : loss.apply(sample);
      return ears.observe(less, Breakage.this == NO_STEP_GUARD ? sample.wall() : steady);
    }

    @Override
    public void answered(RunnerId runner) {
      ears.answered(runner);
    }

    @Override
    public void impossible(RunnerId runner) {
      ears.impossible(runner);
    }

    @Override
    public void silent(RunnerId runner) {
      if (Breakage.this != NO_CANARY) {
        ears.silent(runner);
      }
    }
  }

  /** The runner seems to use a little of the CPU all the time. */
  private static Sample stirring(Sample sample, Instant steady) {
    Duration more = Duration.ofMillis(steady.toEpochMilli() / 5);
    return runners(r -> with(r, with(r.stat(), r.stat().state(), r.stat().cpu().plus(more))))
        .apply(sample);
  }

  private static UnaryOperator<Sample> gpus(UnaryOperator<Gpu> change) {
    return s ->
        s.gpus() instanceof Gpus.Seen seen
            ? with(s, new Gpus.Seen(seen.gpus().stream().map(change).toList(), seen.attribution()))
            : s;
  }

  private static UnaryOperator<Sample> connections(UnaryOperator<Connection> change) {
    return s ->
        new Sample(
            s.wall(),
            s.processes(),
            s.sockets() instanceof Reading.Known<Sockets> known
                ? new Reading.Known<>(changed(known.value(), change))
                : s.sockets(),
            s.api(),
            s.gpus(),
            s.log());
  }

  private static Sockets changed(Sockets all, UnaryOperator<Connection> change) {
    return new Sockets(
        all.connections().stream().map(change).toList(), all.listeners(), all.counted(), null);
  }

  private static UnaryOperator<Sample> runners(UnaryOperator<RunnerProcess> change) {
    return s ->
        s.processes() instanceof Reading.Known<Processes> known
            ? new Sample(
                s.wall(),
                new Reading.Known<>(
                    new Processes(
                        known.value().serve(),
                        known.value().runners().stream().map(change).toList())),
                s.sockets(),
                s.api(),
                s.gpus(),
                s.log())
            : s;
  }

  private interface Change {
    List<LoadedModel> of(Sample sample, List<LoadedModel> models);
  }

  private static UnaryOperator<Sample> loaded(Change change) {
    return s ->
        s.api().loaded() instanceof Answer.Good<List<LoadedModel>> good
            ? new Sample(
                s.wall(),
                s.processes(),
                s.sockets(),
                new Api(
                    s.api().version(),
                    s.api().installed(),
                    new Answer.Good<>(change.of(s, good.body()), good.took())),
                s.gpus(),
                s.log())
            : s;
  }

  /** As many models as there are runners. */
  private static List<LoadedModel> padded(Sample sample, List<LoadedModel> models) {
    List<LoadedModel> all = new ArrayList<>(models);
    if (sample.processes() instanceof Reading.Known<Processes> known) {
      while (all.size() < known.value().runners().size()) {
        all.add(new LoadedModel("made up " + all.size(), Instant.MAX, 1, 1, 4096, null));
      }
    }
    return all;
  }

  private static Sample withoutLines(Sample s) {
    Function<LogEvent, LogEvent> mute =
        event -> event instanceof LogEvent.Progress ? new LogEvent.RunnerSpoke() : event;
    return s.log() instanceof Reading.Known<LogEvents> known
        ? new Sample(
            s.wall(),
            s.processes(),
            s.sockets(),
            s.api(),
            s.gpus(),
            new Reading.Known<>(
                new LogEvents(
                    known.value().events().stream().map(mute).toList(), known.value().lines())))
        : s;
  }

  private static Sample blamed(Sample s) {
    boolean runs =
        s.processes() instanceof Reading.Known<Processes> known
            && !known.value().runners().isEmpty();
    if (!runs || !(s.gpus() instanceof Gpus.Seen seen)) {
      return s;
    }
    long pid = ((Reading.Known<Processes>) s.processes()).value().runners().get(0).stat().pid();
    return with(s, new Gpus.Seen(seen.gpus(), new Attribution.SoleUser(pid)));
  }

  private static Sample with(Sample s, Gpus gpus) {
    return new Sample(s.wall(), s.processes(), s.sockets(), s.api(), gpus, s.log());
  }

  private static Gpu with(Gpu gpu, double utilization) {
    return new Gpu(
        gpu.index(),
        gpu.uuid(),
        gpu.name(),
        utilization,
        gpu.memoryUsed(),
        gpu.memoryTotal(),
        gpu.power(),
        gpu.temperature());
  }

  private static Connection silent(Connection c) {
    Traffic t = c.traffic();
    return t == null
        ? c
        : with(
            c,
            c.state(),
            c.sendQueue(),
            new Traffic(0, t.received(), t.sinceSent(), t.sinceReceived()));
  }

  private static Connection with(
      Connection c,
      ConnectionState state,
      long sendQueue,
      @org.jspecify.annotations.Nullable Traffic traffic) {
    return new Connection(state, c.local(), c.peer(), c.receiveQueue(), sendQueue, traffic);
  }

  private static RunnerProcess perCall(RunnerProcess r) {
    return new RunnerProcess(
        r.stat(), r.port(), Dialect.CONNECTION_PER_CALL, r.imagesOnCpu(), r.blob());
  }

  private static RunnerProcess with(RunnerProcess r, ProcessStat stat) {
    return new RunnerProcess(stat, r.port(), r.dialect(), r.imagesOnCpu(), r.blob());
  }

  private static ProcessStat with(ProcessStat s, ProcessState state, Duration cpu) {
    return new ProcessStat(s.pid(), s.parent(), state, cpu, s.startTicks(), s.residentPages());
  }

  private static LoadedModel unending(LoadedModel m) {
    return new LoadedModel(m.name(), null, m.size(), m.sizeVram(), m.contextLength(), m.blob());
  }
}
