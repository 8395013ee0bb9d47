package dev.selfheal.testkit;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * What outlives a process of the receiver: its folder with the configuration, the secrets and the
 * ledger, and its address. Any number of processes may be started in it, one after the other.
 */
public final class ReceiverHome implements AutoCloseable {
  private static final String WEBHOOK_TOKEN = "webhook-token-of-a-test";
  private static final String OPERATOR_TOKEN = "operator-token-of-a-test";

  private final OwnFolder folder = new OwnFolder("receiver");
  private final String address = Loopback.freeAddress();
  private final Path webhookToken = folder.writeSecret("webhook.token", WEBHOOK_TOKEN);
  private final Path operatorToken = folder.writeSecret("operator.token", OPERATOR_TOKEN);

  /**
   * Writes the configuration: address, secrets and ledger, and then what the test wants.
   *
   * @param rest YAML with {@code policy}, {@code targets} and so on
   */
  public void configure(String rest) {
    folder.write(
        "selfheal.yml",
        """
        listen: %s
        auth: {webhook_token_file: %s, operator_token_file: %s}
        ledger: sqlite:%s
        %s
        """
            .formatted(address, webhookToken, operatorToken, ledger(), rest));
  }

  /** A list of words as YAML, whatever is in them. */
  public static String yaml(List<String> words) {
    return "[" + String.join(", ", words.stream().map(ReceiverHome::quoted).toList()) + "]";
  }

  private static String quoted(String word) {
    return "'" + word.replace("'", "''") + "'";
  }

  /** A way to talk to whichever process runs here. */
  public ReceiverClient client() {
    return new ReceiverClient(
        URI.create("http://" + address), new ReceiverClient.Tokens(WEBHOOK_TOKEN, OPERATOR_TOKEN));
  }

  /** The address that Alertmanager delivers to. */
  public URI webhook() {
    return URI.create("http://" + address + "/webhook/alertmanager");
  }

  /** The file with the secret that Alertmanager shows. */
  public Path webhookToken() {
    return webhookToken;
  }

  /** The file of the ledger. */
  public Path ledger() {
    return folder.path().resolve("ledger.db");
  }

  Path folder() {
    return folder.path();
  }

  @Override
  public void close() {
    folder.close();
  }
}
