package dev.selfheal.exporter.probe;

import dev.selfheal.exporter.probe.Tool.Ran;
import dev.selfheal.exporter.sample.Gpus;
import dev.selfheal.exporter.sample.LoadedModel;
import dev.selfheal.ollama.OddBodyException;
import dev.selfheal.ollama.PsBody;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Lets tests of other packages feed recorded or made up text to the probes. */
public final class ProbeText {
  private ProbeText() {}

  /** A row of {@code /api/ps}. */
  public static List<LoadedModel> ps(String body) {
    try {
      return LoadedModels.of(PsBody.read(bytes(body)));
    } catch (OddBodyException e) {
      throw new IllegalArgumentException(e.why(), e);
    }
  }

  /** The name of the weights, from {@code /api/show}. */
  public static Optional<String> show(String body) {
    try {
      return ShowBody.read(bytes(body));
    } catch (OddBodyException e) {
      throw new IllegalArgumentException(e.why(), e);
    }
  }

  /** The number of models, from {@code /api/tags}. */
  public static int tags(String body) {
    try {
      TagsBody tags = new TagsBody();
      tags.feed(bytes(body));
      return tags.finish();
    } catch (OddBodyException e) {
      throw new IllegalArgumentException(e.why(), e);
    }
  }

  public static String version(String body) {
    try {
      return VersionBody.read(bytes(body));
    } catch (OddBodyException e) {
      throw new IllegalArgumentException(e.why(), e);
    }
  }

  /** The probe of a host whose nvidia-smi says what is supplied for each of its commands. */
  public static Supplier<Gpus> nvidia(Printer printer) {
    NvidiaProbe probe =
        new NvidiaProbe(
            (argv, limit) ->
                new Ran.Exited(
                    argv.equals(NvidiaProbe.LIST) ? printer.status() : 0,
                    argv.equals(NvidiaProbe.LIST)
                        ? printer.list()
                        : argv.equals(NvidiaProbe.PMON) ? printer.pmon() : printer.apps()));
    return () -> {
      try {
        return probe.read();
      } catch (InterruptedException e) {
        throw new IllegalStateException("nothing here waits", e);
      }
    };
  }

  /** What nvidia-smi prints. */
  public interface Printer {
    int status();

    String list();

    String pmon();

    String apps();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
