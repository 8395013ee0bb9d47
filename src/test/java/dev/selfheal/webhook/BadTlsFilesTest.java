package dev.selfheal.webhook;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator is told when a file cannot be used. */
class BadTlsFilesTest {
  @TempDir private static Path shared;
  private static Forge forge;

  @TempDir private Path folder;
  private Path cert;
  private Path key;
  private Path clients;

  @BeforeAll
  static void forgeCertificates() throws Exception {
    forge = new Forge(shared).authority("ca", "authority").certificate("server", "ca");
    forge.certificate("other", "ca").certificate("rsa", "ca", "-keyalg RSA -validity 2");
  }

  @BeforeEach
  void writeGoodFiles() throws Exception {
    cert = write("cert.pem", forge.chain("server"));
    key = write("key.pem", forge.key("server"));
    clients = write("clients.pem", forge.certificate("ca"));
  }

  @Test
  void takesOtherTextAndOtherBlocksInAFile() throws Exception {
    String both = "Made for gpu-01 - a test\n" + forge.key("server") + "\n" + forge.chain("server");
    write("cert.pem", both.replace("\n", "\r\n"));
    write("key.pem", both);
    assertThatCode(this::load).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY"})
  void saysHowToConvertAKeyInAnotherForm(String label) throws Exception {
    write(
        "key.pem",
        "-----BEGIN EC PARAMETERS-----\nAAAA\n-----END EC PARAMETERS-----\n"
            + forge.key("server").replace("PRIVATE KEY", label));
    assertSays(otherForm(label, key.toString(), key + ".pkcs8"));
  }

  @Test
  void saysHowToConvertAnOldEncryptedKey() throws Exception {
    write(
        "key.pem",
        """
        -----BEGIN RSA PRIVATE KEY-----
        Proc-Type: 4,ENCRYPTED
        DEK-Info: AES-256-CBC,00112233445566778899AABBCCDDEEFF

        AAAA
        -----END RSA PRIVATE KEY-----
        """);
    assertSays(otherForm("RSA PRIVATE KEY", key.toString(), key + ".pkcs8"));
  }

  @Test
  void quotesAnOddPathInTheCommand() throws Exception {
    key = write("it's odd.pem", forge.key("server").replace("PRIVATE KEY", "EC PRIVATE KEY"));
    String word = "'" + folder + "/it'\\''s odd.pem";
    assertSays(otherForm("EC PRIVATE KEY", word + "'", word + ".pkcs8'"));
  }

  private String otherForm(String label, String in, String out) {
    return "tls.key_file: "
        + key
        + " holds an \""
        + label
        + "\", expected a \"PRIVATE KEY\" (PKCS#8, without a passphrase); convert it:"
        + " openssl pkcs8 -topk8 -nocrypt -in "
        + in
        + " -out "
        + out;
  }

  @Test
  void knowsNoConversionOfAnSshKey() throws Exception {
    write("key.pem", forge.key("server").replace("PRIVATE KEY", "OPENSSH PRIVATE KEY"));
    assertSays(
        "tls.key_file: "
            + key
            + " holds an \"OPENSSH PRIVATE KEY\","
            + " expected a \"PRIVATE KEY\" (PKCS#8, without a passphrase)");
  }

  @Test
  void refusesAKeyThatTlsDoesNotUse() throws Exception {
    byte[] x25519 =
        KeyPairGenerator.getInstance("X25519").generateKeyPair().getPrivate().getEncoded();
    write("key.pem", Forge.pem("PRIVATE KEY", x25519));
    assertSays(
        "tls.key_file: "
            + key
            + " holds no RSA, EC (P-256, P-384, P-521) or Ed25519 key; make one of these");
  }

  @Test
  void refusesAFileWithoutAKeyOrWithSeveral() throws Exception {
    write("key.pem", forge.certificate("server"));
    assertSays("tls.key_file: " + key + " holds no private key (BEGIN PRIVATE KEY)");
    write("key.pem", forge.key("server") + forge.key("other"));
    assertSays("tls.key_file: " + key + " holds 2 private keys; leave only the certificate's");
  }

  @ParameterizedTest
  @ValueSource(strings = {"other", "rsa"})
  void refusesTheKeyOfAnotherCertificate(String alias) throws Exception {
    write("key.pem", forge.key(alias));
    assertSays(
        "tls.key_file: "
            + key
            + " is not the key of the certificate in "
            + cert
            + "; give the two that were made together");
  }

  @Test
  void refusesAChainThatDoesNotBeginWithTheKeysCertificate() throws Exception {
    write("cert.pem", forge.certificate("ca") + forge.certificate("server"));
    assertSays(
        "tls.cert_file: " + cert + " must begin with the certificate of the key; put it first");
  }

  @Test
  void refusesCertificatesThatAreNoChain() throws Exception {
    write("cert.pem", forge.certificate("server") + forge.certificate("other"));
    assertSays(
        "tls.cert_file: " + cert + " is no chain; each certificate must be signed by the next one");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cert.pem", "clients.pem"})
  void refusesAFileWithoutACertificate(String name) throws Exception {
    Path file = write(name, forge.key("server"));
    assertSays(setting(name) + file + " holds no certificate (BEGIN CERTIFICATE)");
  }

  @ParameterizedTest
  @CsvSource({"cert.pem", "key.pem", "clients.pem"})
  void saysWhichFileIsDamagedAndHow(String name) throws Exception {
    Path file = folder.resolve(name);
    String good = Files.readString(file, US_ASCII);
    write(name, "\u0000\u0001");
    assertSays(setting(name) + file + " is not PEM, it has no line that begins with -----BEGIN");
    write(name, good + "-----BEGIN CERTIFICATE-----\nAAAA\n");
    assertSays(
        setting(name)
            + file
            + " is damaged, a block has no END line that fits its BEGIN line; copy it again");
    write(name, good.replaceFirst("M", "*"));
    String label = name.equals("key.pem") ? "PRIVATE KEY" : "CERTIFICATE";
    assertSays(
        setting(name) + file + " is damaged, its " + label + " is not Base64; copy it again");
    write(name, "-----BEGIN X-----" + " ".repeat(1 << 20) + "-----END X-----");
    assertSays(
        setting(name) + file + " is larger than 1 MiB, so it is not the PEM file that is meant");
    Files.delete(file);
    assertSays(setting(name) + file + " does not exist");
    Files.createDirectory(file);
    assertSays(setting(name) + file + " cannot be read: Is a directory");
  }

  @Test
  void saysWhichCertificateIsDamaged() throws Exception {
    write("cert.pem", forge.certificate("server") + Forge.pem("CERTIFICATE", new byte[90]));
    assertSays(
        "tls.cert_file: " + cert + " is damaged, its certificate 2 cannot be read; copy it again");
  }

  private static String setting(String name) {
    return switch (name) {
      case "cert.pem" -> "tls.cert_file: ";
      case "key.pem" -> "tls.key_file: ";
      default -> "tls.client_ca_file: ";
    };
  }

  private Tls load() throws TlsException {
    return Tls.load(new TlsFiles(cert, key, clients));
  }

  private void assertSays(String message) {
    assertThatThrownBy(this::load).isInstanceOf(TlsException.class).hasMessage(message);
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text, US_ASCII);
  }
}
