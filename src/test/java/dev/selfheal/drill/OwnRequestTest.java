package dev.selfheal.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.selfheal.drill.OwnRequest.NoModelException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OwnRequestTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final FrozenHost host = new FrozenHost();

  @AfterEach
  void end() {
    host.api.close();
  }

  private void inMemory(String models) {
    host.api.answer("/api/ps", 200, "{\"models\":[" + models + "]}");
  }

  /** The one that the receiver's proof asks, too: no other need be loaded after the restart. */
  @Test
  void theSmallestModelInMemoryIsAsked() throws NoModelException, InterruptedException {
    inMemory("{\"name\":\"large\",\"size\":9000000},{\"name\":\"small\",\"size\":3000000}");
    try (OwnRequest request = OwnRequest.begin(host, LIMIT, LIMIT, () -> 0)) {
      assertThat(request.model().name()).isEqualTo("small");
    }
    assertThat(host.api.asked("/api/generate")).isEqualTo(1);
  }

  @Test
  void whenTheTimeIsUsedUpNoFurtherModelIsAsked() {
    host.api.answer("/api/generate", 500, "");
    Iterator<Long> ticks = List.of(0L, 0L, LIMIT.toNanos()).iterator();
    assertThatExceptionOfType(NoModelException.class)
        .isThrownBy(() -> OwnRequest.begin(host, LIMIT, LIMIT, ticks::next))
        .withMessageEndingWith("tiny gave no text: status 500");
    assertThat(host.api.asked("/api/generate")).isEqualTo(1);
  }
}
