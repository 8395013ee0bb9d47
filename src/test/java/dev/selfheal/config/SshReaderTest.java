package dev.selfheal.config;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Targets of other hosts, read below the check of what this version supports. */
class SshReaderTest {
  private static final String SSH = "host: h, user: u, identity_file: id, known_hosts: known";

  @TempDir Path folder;
  private final Problems problems = new Problems();

  @BeforeEach
  void writeFiles() throws IOException {
    ConfigFixture fixture = new ConfigFixture(folder);
    fixture.secret("id", "-----BEGIN OPENSSH PRIVATE KEY-----\n");
    fixture.secret("known", "h ssh-ed25519 AAAA\n");
    Path open = fixture.secret("open", "-----BEGIN OPENSSH PRIVATE KEY-----\n");
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r-----"));
  }

  @ParameterizedTest
  @MethodSource
  void reportsTheOneProblem(String yaml, String error) {
    read(yaml);
    assertThat(problems.errors().stream().map(Problem::toString))
        .containsExactly(error.replace("FOLDER", folder.toString()));
  }

  static List<Arguments> reportsTheOneProblem() throws IOException {
    List<Arguments> cases = new ArrayList<>();
    String yaml = "";
    for (String line : table().lines().skip(3).toList()) {
      if (line.startsWith("=> ")) {
        cases.add(arguments(yaml, line.substring(3)));
      }
      yaml = line;
    }
    return cases;
  }

  @Test
  void readsAllKeys() {
    assertThat(
            target(
                "unit: o.service, ollama_url: 'http://127.0.0.1:1', ssh: {host: Gpu-02, port: 2222,"
                    + " user: me, identity_file: id, known_hosts: known, command: [sudo, /r, 'a b']}"))
        .satisfies(
            target -> {
              assertThat(target.unit()).isEqualTo("o.service");
              assertThat(target.ssh())
                  .isEqualTo(
                      new SshConfig(
                          "Gpu-02",
                          2222,
                          "me",
                          folder.resolve("id"),
                          folder.resolve("known"),
                          "'sudo' '/r' 'a b'"));
            });
  }

  @Test
  void goesToPort22AndTheHostAgentByDefault() {
    assertThat(target("unit: o.service, ssh: {" + SSH + "}").ssh())
        .isEqualTo(
            new SshConfig("h", 22, "u", folder.resolve("id"), folder.resolve("known"), null));
  }

  @Test
  void takesACommandInsteadOfAUnit() {
    assertThat(target("ssh: {" + SSH + ", command: [/no/such/program]}").unit()).isNull();
    assertThat(problems.warnings()).isEmpty();
  }

  @Test
  void letsTheSameUnitAndUrlStandForEachHost() {
    read(
        """
        targets:
          - {name: a, match: {i: a}, unit: o.service}
          - {name: b, match: {i: b}, unit: o.service, ssh: {SSH}}
          - {name: c, match: {i: c}, unit: o.service, ssh: {SSH, port: 2222}}
        """);
    assertThat(problems.errors()).isEmpty();
    assertThat(problems.warnings()).isEmpty();
  }

  @Test
  void saysThatTwoTargetsOfAHostShareAUrl() {
    read(
        """
        targets:
          - {name: a, match: {i: a}, unit: a.service, ssh: {SSH}}
          - {name: b, match: {i: b}, unit: b.service, ssh: {SSH}}
        """);
    assertThat(problems.warnings().stream().map(Problem::path))
        .containsExactly("targets[1].ollama_url");
  }

  @Test
  void saysThatEverybodyCanChangeTheKnownHosts() throws IOException {
    Files.setPosixFilePermissions(
        folder.resolve("known"), PosixFilePermissions.fromString("rw-rw-rw-"));
    target("unit: o.service, ssh: {" + SSH + "}");
    assertThat(problems.warnings().stream().map(Problem::toString))
        .containsExactly(
            "targets[0].ssh.known_hosts: "
                + folder
                + "/known can be changed by every user of this machine; chmod it to 644");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a b", "it's", "$(id) `id` \\ \"x\" ;&|<>*?~#!", "line\nfeed", "''"})
  void quotesEveryWordForTheShell(String word) throws Exception {
    String line = ShellWords.quote(List.of("printf", "[%s]", word, "end"));
    Process sh = new ProcessBuilder("sh", "-c", line).redirectErrorStream(true).start();
    String output = new String(sh.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(output).isEqualTo("[" + word + "][end]");
  }

  private TargetConfig target(String keys) {
    Config config = read("targets: [{name: a, match: {instance: a}, " + keys + "}]");
    assertThat(problems.errors()).isEmpty();
    return requireNonNull(config).targets().get(0);
  }

  private @Nullable Config read(String yaml) {
    return YamlTree.parse(yaml.replace("SSH", SSH), problems)
        .map(
            tree ->
                new ConfigReader(new FileReaders(folder), List::of).reader().read(tree, problems))
        .orElse(null);
  }

  private static String table() throws IOException {
    try (var stream =
        requireNonNull(SshReaderTest.class.getResourceAsStream("/config/bad-ssh.txt"))) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
