package dev.selfheal.deployed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.testkit.DocPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each command of the documentation is typed by some test, or it is said why not. */
class EachCommandTest {
  private static final List<DocPage.Command> ALL =
      DocPage.all().stream().flatMap(page -> page.commands().stream()).toList();

  static Stream<Followers.Follower> followers() {
    return Followers.FOLLOWERS.stream();
  }

  static Stream<Followers.Impossible> impossible() {
    return Followers.IMPOSSIBLE.stream();
  }

  @ParameterizedTest
  @MethodSource("followers")
  void whoFollowsASectionNamesItAndFindsCommandsThere(Followers.Follower follower)
      throws IOException {
    assertThat(ALL).anyMatch(follower::takes);
    String source =
        Files.readString(
            Path.of("src/test/java", follower.test().getName().replace('.', '/') + ".java"));
    // A section by its title, or all blocks of a language of a page.
    assertThat(source)
        .containsAnyOf('"' + follower.section() + '"', "blocks(\"" + follower.language() + "\")");
  }

  @ParameterizedTest
  @MethodSource("impossible")
  void whatCannotBeTypedIsStillThere(Followers.Impossible impossible) {
    assertThat(ALL).anyMatch(impossible::isMeant);
    assertThat(impossible.why()).isNotBlank();
  }

  /** It has one machine; a section for several hosts needs a follower of its own. */
  @Test
  void whatIsLeftIsTypedOnOneHost() {
    assertThat(Followers.left()).hasSizeGreaterThan(50).allMatch(each -> each.host().isEmpty());
  }
}
