package dev.selfheal.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessReaderTest {

  @TempDir private Path folder;

  private AccessResult read(String yaml) {
    return ConfigLoader.access(
        new ConfigFixture(folder).secret("access.yml", yaml), Map.of("PORT", "9000"));
  }

  @Test
  void anEmptyFileMeansTheUsualAddress() {
    assertThat(read("# nothing\n"))
        .isEqualTo(new AccessResult.Found(ListenConfig.DEFAULT, false, null));
  }

  @Test
  void tellsAddressTlsAndToken() {
    assertThat(
            read(
                """
                listen: '[::1]:${PORT}'
                tls: {cert_file: a, key_file: b}
                auth: {operator_token_file: operator.token}
                """))
        .isEqualTo(
            new AccessResult.Found(
                new ListenConfig("::1", 9000), true, folder.resolve("operator.token")));
  }

  @Test
  void doesNotLookAtTheRest() {
    assertThat(
            read(
                """
                auth: {webhook_token_file: '${UNSET}', basic_users: 1}
                tls: {key_file: '${UNSET}'}
                ledger: '${UNSET}'
                unknown: 1
                """))
        .isEqualTo(new AccessResult.Found(ListenConfig.DEFAULT, true, null));
  }

  @Test
  void tellsEveryProblemThatItMeets() {
    assertThat(read("listen: nowhere\nauth: {operator_token_file: ''}\ntls: yes\n"))
        .isInstanceOfSatisfying(
            AccessResult.Unusable.class,
            unusable ->
                assertThat(unusable.problems())
                    .extracting(Problem::path)
                    .isEqualTo(List.of("listen", "auth.operator_token_file", "tls")));
  }
}
