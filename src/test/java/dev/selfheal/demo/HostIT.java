package dev.selfheal.demo;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostIT {
  @TempDir private Path folder;

  /** A signal to process 0 would stop the demo and whoever runs it. */
  @Test
  void aHostWithoutARunnerIsNotFrozen() throws Exception {
    FakeOllama.Kind kind = FakeOllama.Kind.usual(FakeVersion.PER_CALL);
    try (FakeScene scene = new FakeScene(folder.resolve("fake"), kind)) {
      Host host = new Host(scene.fake(), folder.resolve("ollama.prom"), new Web());
      assertThatThrownBy(() -> host.freeze(Manner.SPIN))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("no runner to freeze");
    }
  }
}
