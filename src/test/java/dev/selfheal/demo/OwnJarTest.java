package dev.selfheal.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OwnJarTest {

  @Test
  void oneJarIsRunAsSuchWhereverTheProgramIsStartedFrom() {
    assertThat(OwnJar.classes("target/selfheal.jar"))
        .containsExactly("-jar", Path.of("target/selfheal.jar").toAbsolutePath().toString());
  }

  @Test
  void classesAreRunByTheNameOfTheMainOne() {
    assertThat(OwnJar.classes("/a/classes:/b/picocli.jar"))
        .containsExactly("-cp", "/a/classes:/b/picocli.jar", "dev.selfheal.cli.Main");
  }
}
