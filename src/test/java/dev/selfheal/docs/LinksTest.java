package dev.selfheal.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.testkit.DocPage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where the documentation sends its readers. */
class LinksTest {
  private static final Pattern PAGE = Pattern.compile("docs/[\\w/.-]+\\.md");

  static Stream<DocPage> pages() {
    return DocPage.all().stream();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void eachLinkLeadsToAFileAndAHeadingThatAreThere(DocPage page) {
    assertThat(page.links()).allSatisfy(link -> follow(page, link));
  }

  /** Not as a link: README.md stands beside these pages where they are installed. */
  @Test
  void readmeNamesPagesThatAreThere() {
    List<String> named =
        DocPage.of("README.md").lines().stream()
            .flatMap(line -> PAGE.matcher(line).results())
            .map(found -> found.group())
            .toList();
    assertThat(named).isNotEmpty().allMatch(path -> Files.exists(Path.of(path)));
  }

  @Test
  void eachPageCanBeReachedFromReadme() {
    Set<Path> reached = new HashSet<>();
    DocPage.of("README.md").lines().stream()
        .flatMap(line -> PAGE.matcher(line).results())
        .forEach(found -> reach(Path.of(found.group()), reached));
    assertThat(DocPage.all())
        .map(DocPage::path)
        .filteredOn(path -> !path.equals("README.md") && !path.startsWith("docs/decisions/"))
        .allMatch(path -> reached.contains(Path.of(path)));
  }

  private static void reach(Path page, Set<Path> reached) {
    if (!page.toString().endsWith(".md") || !reached.add(page)) {
      return;
    }
    DocPage.of(page.toString()).links().stream()
        .map(link -> link.replaceFirst("#.*", ""))
        .filter(link -> !link.contains("://") && !link.isEmpty())
        .forEach(link -> reach(page.resolveSibling(link).normalize(), reached));
  }

  private static void follow(DocPage page, String link) {
    if (link.matches("https?://.+")) {
      return;
    }
    String[] parts = link.split("#", 2);
    Path here = Path.of(page.path());
    Path there = parts[0].isEmpty() ? here : here.resolveSibling(parts[0]).normalize();
    assertThat(there).exists();
    if (parts.length == 2) {
      assertThat(DocPage.of(there.toString()).anchors()).contains(parts[1]);
    }
  }
}
