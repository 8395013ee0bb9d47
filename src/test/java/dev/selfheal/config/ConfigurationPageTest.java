package dev.selfheal.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.testkit.DocPage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code docs/configuration.md} against what the loader really reads. */
class ConfigurationPageTest {
  private static final DocPage PAGE = DocPage.of("docs/configuration.md");
  private static final DocumentedKeys KEYS = DocumentedKeys.of(PAGE);

  @TempDir Path folder;
  private ConfigFixture files;

  @BeforeEach
  void filesThatExamplesName() {
    files = new ConfigFixture(folder);
    files.secret("id_ed25519", "-----BEGIN OPENSSH PRIVATE KEY-----\n");
    files.secret("known_hosts", "gpu-02 ssh-ed25519 AAAA\n");
  }

  static Stream<DocumentedKeys.Key> keys() {
    return KEYS.all().stream();
  }

  static Stream<DocumentedKeys.Key> keysWithARange() {
    return keys().filter(key -> key.range().isPresent());
  }

  static Stream<String> blocks() {
    return Stream.of(PAGE, DocPage.of("README.md")).flatMap(page -> page.blocks("yaml").stream());
  }

  @Test
  void eachKeyThatTheLoaderKnowsIsDocumentedAndNoOther() {
    // Documented as a whole, too.
    List<String> lists = List.of("targets", "policy.budgets", "targets[].ladder");
    List<String> known = KnownKeys.of(yaml -> files.errors(yaml));
    assertThat(known).contains("listen", "targets[].ssh.port", "exporter.thresholds.cpu_blind");
    assertThat(KEYS.all())
        .map(DocumentedKeys.Key::path)
        .filteredOn(path -> !lists.contains(path))
        .containsExactlyInAnyOrderElementsOf(known);
    assertThat(KEYS.all()).map(DocumentedKeys.Key::path).containsAll(lists);
  }

  @ParameterizedTest
  @MethodSource("keys")
  void theDefaultIsWhatHoldsWithoutTheKey(DocumentedKeys.Key key) {
    if (key.isRequired()) {
      assertThat(files.errors(at(KEYS.without(key)))).as(key.path()).isNotEmpty();
    } else if (key.literalDefault().isPresent()) {
      // Not at(): what a default names is not read, and no file of this test.
      String written = KEYS.with(key, key.literalDefault().get());
      assertThat(loaded(written)).as(key.path()).isEqualTo(loaded(KEYS.without(key)));
    } else {
      assertThat(key.defaults()).doesNotMatch("`[^`]*`").isNotBlank();
    }
  }

  @ParameterizedTest
  @MethodSource("keys")
  void theExampleLoadsAndSaysSomethingElseThanTheDefault(DocumentedKeys.Key key) {
    assertThat(files.errors(at(KEYS.with(key, key.example())))).as(key.path()).isEmpty();
    assertThat(key.unit()).isNotBlank();
    assertThat(key.meaning()).isNotBlank();
    if (!key.isRequired()) {
      assertThat(loaded(KEYS.with(key, key.example())))
          .as(key.path())
          .isNotEqualTo(loaded(KEYS.without(key)));
    }
  }

  @ParameterizedTest
  @MethodSource("keysWithARange")
  void theRangeBeginsAndEndsWhereItIsSaidTo(DocumentedKeys.Key key) {
    DocumentedKeys.Range range = key.range().orElseThrow();
    assertThat(files.errors(at(KEYS.with(key, range.least())))).as(key.path()).isEmpty();
    assertThat(files.errors(at(KEYS.with(key, range.most())))).as(key.path()).isEmpty();
    assertThat(files.errors(at(KEYS.with(key, range.more())))).as(key.path()).isNotEmpty();
    range
        .less()
        .ifPresent(
            less -> assertThat(files.errors(at(KEYS.with(key, less)))).as(key.path()).isNotEmpty());
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void eachConfigurationOfThePageAndOfReadmeIsGood(String yaml) {
    String whole = yaml.contains("targets:") ? yaml : yaml + "targets: local\n";
    assertThat(files.errors(at(whole))).isEmpty();
  }

  private Config loaded(String yaml) {
    return files.loaded(at(yaml), Map.of());
  }

  /** With the files of this test in the place of those that an operator has. */
  private String at(String yaml) {
    return yaml.replaceAll(
        "/(etc|var/lib)/selfheal/(?=[\\w.]*(token|bcrypt|crt|key|ed25519|known_hosts))",
        folder + "/");
  }
}
