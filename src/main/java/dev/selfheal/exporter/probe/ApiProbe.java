package dev.selfheal.exporter.probe;

import dev.selfheal.exporter.sample.Answer;
import dev.selfheal.exporter.sample.Api;
import dev.selfheal.exporter.sample.LoadedModel;
import dev.selfheal.ollama.OddBodyException;
import dev.selfheal.ollama.OllamaSession;
import dev.selfheal.ollama.PsBody;
import dev.selfheal.ollama.PsModel;
import java.net.http.HttpResponse.BodyHandler;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks the routes of Ollama's API that tell its state and run no model: {@code /api/version} and
 * {@code /api/ps} in each round, {@code /api/tags} now and then and while another one is silent.
 *
 * <p>Not safe for use by several threads at once.
 */
public final class ApiProbe {
  private static final int MOST_VERSION_BYTES = 64 << 10;
  private static final int MOST_PS_BYTES = 1 << 20;
  private static final long MOST_TAGS_BYTES = 16 << 20;

  private final Limits limits;
  private final LongSupplier ticker;
  private final Question<byte[], String> version;
  private final Question<byte[], List<PsModel>> ps;
  private final Question<CountedTags.Count, Integer> tags;
  private final BlobNames blobs;
  private int round;
  private boolean silent;

  /**
   * How long it waits.
   *
   * @param round for the answers of one round, all together
   * @param ps how long one question to {@code /api/ps} may stay unanswered before it is asked anew:
   *     Ollama may take 20 s while it replaces a dead runner
   * @param tagsEvery in how many rounds the installed models are counted once
   */
  public record Limits(Duration round, Duration ps, int tagsEvery) {
    public static final Limits DEFAULT =
        new Limits(Duration.ofSeconds(3), Duration.ofSeconds(30), 12);
  }

  /**
   * @param ticker nanoseconds of a steady clock
   * @param tape is given what the routes answer
   */
  public ApiProbe(OllamaSession session, LongSupplier ticker, Limits limits, Tape tape) {
    this.limits = limits;
    this.ticker = ticker;
    BodyHandler<byte[]> versionBody = tape.hear("version", OllamaSession.bytes(MOST_VERSION_BYTES));
    version =
        new Question<>(
            () -> session.get("/api/version", versionBody, limits.round()),
            VersionBody::read,
            ticker);
    BodyHandler<byte[]> psBody = tape.hear("ps", OllamaSession.bytes(MOST_PS_BYTES));
    ps = new Question<>(() -> session.get("/api/ps", psBody, limits.ps()), PsBody::read, ticker);
    BodyHandler<CountedTags.Count> tagsBody =
        tape.hear("tags", head -> new CountedTags(MOST_TAGS_BYTES));
    tags =
        new Question<>(
            () -> session.get("/api/tags", tagsBody, limits.round()), ApiProbe::count, ticker);
    blobs = new BlobNames(session);
  }

  /**
   * Asks once more, and waits for the answers no longer than a round may take.
   *
   * @throws InterruptedException if the thread was interrupted; questions under way go on
   */
  public Api read() throws InterruptedException {
    boolean counting = silent || round % limits.tagsEvery() == 0;
    round++;
    long began = ticker.getAsLong();
    version.ask();
    ps.ask();
    if (counting) {
      tags.ask();
    }
    Answer<List<LoadedModel>> loaded = named(ps.answer(left(began)));
    Api api =
        new Api(
            version.answer(left(began)),
            counting ? tags.answer(left(began)) : new Answer.NotAsked<>(),
            loaded);
    silent = isSilent(api.version()) || isSilent(api.loaded());
    return api;
  }

  private Duration left(long began) {
    return limits.round().minusNanos(ticker.getAsLong() - began);
  }

  private Answer<List<LoadedModel>> named(Answer<List<PsModel>> answer) {
    if (answer instanceof Answer.Good<List<PsModel>> good) {
      return new Answer.Good<>(blobs.name(good.body()), good.took());
    } else if (answer instanceof Answer.Odd<List<PsModel>> odd) {
      return new Answer.Odd<>(odd.why());
    } else if (answer instanceof Answer.Refused<List<PsModel>> refused) {
      return new Answer.Refused<>(refused.why());
    } else if (answer instanceof Answer.Silent<List<PsModel>> none) {
      return new Answer.Silent<>(none.after());
    }
    return new Answer.NotAsked<>();
  }

  private static boolean isSilent(Answer<?> answer) {
    return answer instanceof Answer.Silent<?>;
  }

  private static int count(CountedTags.Count count) throws OddBodyException {
    @Nullable String odd = count.odd();
    if (odd != null) {
      throw new OddBodyException(odd);
    }
    return count.models();
  }
}
