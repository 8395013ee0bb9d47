package dev.selfheal.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The guided run: starts a fake Ollama, the exporter and the receiver on this machine, freezes the
 * fake, and shows what really comes of it. It leaves nothing behind.
 */
public final class Demo {
  private static final int LOG_LINES = 6;

  private final Wish wish;
  private final Audience audience;
  private final Time time = Time.real();
  private final AtomicInteger stopped = new AtomicInteger();
  private @Nullable Thread player;

  /**
   * What the user wants to see.
   *
   * @param fast whether all is to be over within a minute
   * @param prometheus whether the alert is to go through Prometheus and Alertmanager
   */
  public record Wish(boolean fast, boolean prometheus) {}

  /**
   * Who looks at it.
   *
   * @param live whether it is a terminal that takes colours and replaced lines
   * @param environment of the program
   */
  public record Audience(PrintWriter out, boolean live, Map<String, String> environment) {}

  public Demo(Wish wish, Audience audience) {
    this.wish = wish;
    this.audience = audience;
  }

  /**
   * Ends it, from another thread; {@link #run} removes everything and returns.
   *
   * @param exitCode what it is to return
   */
  public void stop(int exitCode) {
    if (stopped.compareAndSet(0, exitCode)) {
      interrupt();
    }
  }

  private synchronized void interrupt() {
    Thread playing = player;
    if (playing != null) {
      playing.interrupt();
    }
  }

  /**
   * Looks whether this machine has what the user's wish needs.
   *
   * @throws DemoFailed if it has not, naming what to install
   */
  public void check() throws DemoFailed {
    Needs.of(wish).check(audience.environment().getOrDefault("PATH", ""));
  }

  /**
   * Plays it once.
   *
   * @return 0 if all of it really happened, or what {@link #stop} was given
   * @throws DemoFailed if a step did not happen
   * @throws IOException if this machine does not let it be played
   */
  public int run() throws DemoFailed, IOException {
    Screen screen = new Screen(audience.out(), audience.live(), time.ticker());
    Path folder;
    try (UsualPort usual = UsualPort.claim()) {
      Place place = Place.make(usual);
      folder = place.folder();
      playAt(place, screen);
    }
    if (Files.exists(folder)) {
      throw DemoFailed.notShown(
          folder + " could not be removed: end what still runs there, and remove it by hand");
    }
    screen.say("Nothing is left of it: no process, no port, no file.");
    return stopped.get();
  }

  private void playAt(Place place, Screen screen) throws DemoFailed, IOException {
    try (Undertaker undertaker = Undertaker.of(place.folder())) {
      begin();
      playIn(place, undertaker.folder(), screen);
    } catch (InterruptedException e) {
      screen.say("Stopped.");
    } catch (DemoFailed e) {
      failed(e, screen);
    } catch (IOException e) {
      failed(e, screen);
    } finally {
      screen.end();
    }
  }

  /** Ctrl-C reaches the programs, too: that they end then is no failure. */
  private <E extends Exception> void failed(E failure, Screen screen) throws E {
    if (stopped.get() == 0) {
      throw failure;
    }
    screen.say("Stopped.");
  }

  private void playIn(Place place, Path folder, Screen screen)
      throws DemoFailed, IOException, InterruptedException {
    Tempo tempo = wish.fast() ? Tempo.FAST : Tempo.SHIPPED;
    new Introduction(place, tempo, wish.prometheus()).show(screen);
    try (FakeOllama fake =
            FakeOllama.start(
                Files.createDirectory(folder.resolve("ollama")),
                FakeOllama.Kind.usual(FakeVersion.PER_CALL));
        Programs programs = new Programs(folder);
        Clients clients = new Clients(time)) {
      try {
        Backstage backstage = new Backstage(place, tempo, programs, fake);
        Watch watch = new Watch(time, screen, () -> check(programs, screen));
        Cast cast = backstage.start(clients, wish.prometheus());
        Stage stage = new Stage(cast, tempo, screen, watch, time.clock());
        backstage.showStarted(stage);
        new Story(stage).play();
      } catch (DemoFailed e) {
        throw e.explainedBy(logs(fake, programs));
      } catch (IOException e) {
        throw DemoFailed.notShown(String.valueOf(e.getMessage())).explainedBy(logs(fake, programs));
      } finally {
        end();
      }
    }
  }

  private static void check(Programs programs, Screen screen) throws DemoFailed {
    programs.check();
    if (screen.isClosed()) {
      throw DemoFailed.notShown("standard output cannot be written: nobody sees the demo");
    }
  }

  /** From here on a stop interrupts the play; one that has come already does so at once. */
  private synchronized void begin() throws InterruptedException {
    if (stopped.get() != 0) {
      throw new InterruptedException("stopped before it began");
    }
    player = Thread.currentThread();
  }

  /** From here on nothing is interrupted any more: it is removed. */
  private synchronized void end() {
    player = null;
    Thread.interrupted();
  }

  private static List<String> logs(FakeOllama fake, Programs programs) throws IOException {
    List<String> lines = new ArrayList<>(programs.lastLines());
    List<String> log = fake.log().lines().toList();
    log.subList(Math.max(0, log.size() - LOG_LINES), log.size())
        .forEach(line -> lines.add("fake ollama: " + line));
    return lines;
  }
}
