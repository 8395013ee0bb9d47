package dev.selfheal.webhook;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The receiver's TLS as clients meet it, in a real server. */
@Timeout(60)
class TlsTest {
  @TempDir private static Path shared;
  private static Forge forge;

  @TempDir private Path folder;

  @BeforeAll
  static void forgeAuthorities() throws Exception {
    forge = new Forge(shared).authority("ca", "authority").authority("namesake", "authority");
    forge.certificate("server", "ca").certificate("client", "ca");
  }

  @ParameterizedTest
  @CsvSource({
    "rsa,     -keyalg RSA -keysize 2048 -validity 2,       TLSv1.2",
    "rsa,     -keyalg RSA -keysize 2048 -validity 2,       TLSv1.3",
    "server,  -keyalg EC -groupname secp256r1 -validity 2, TLSv1.2",
    "server,  -keyalg EC -groupname secp256r1 -validity 2, TLSv1.3",
    "ed25519, -keyalg Ed25519 -validity 2,                 TLSv1.2",
    "ed25519, -keyalg Ed25519 -validity 2,                 TLSv1.3",
  })
  void speaksHttpsWithAnyKindOfKey(String alias, String options, String version) throws Exception {
    forge.certificate(alias, "ca", options);
    try (HttpsServer server = new HttpsServer(Tls.load(files(alias, null)))) {
      HttpResponse<String> answer = server.get(forge.trusting("ca"), null, version);
      assertThat(answer.body()).isEqualTo("https");
      assertThat(HttpsServer.subject(answer)).isEqualTo("CN=" + alias);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void takesOnlyClientsWithACertificateOfTheConfiguredAuthority(String version) throws Exception {
    forge.certificate("stranger", "namesake");
    try (HttpsServer server = new HttpsServer(Tls.load(files("server", "ca")))) {
      assertThat(server.get(forge.trusting("ca"), forge.only("client"), version).body())
          .isEqualTo("https");
      assertThatThrownBy(() -> server.get(forge.trusting("ca"), null, version))
          .isInstanceOf(IOException.class);
      // Its authority has the same name, so the client does show this certificate.
      assertThatThrownBy(() -> server.get(forge.trusting("ca"), forge.only("stranger"), version))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void takesTheClientsOfEachAuthorityOfTheFile() throws Exception {
    forge.certificate("stranger", "namesake");
    TlsFiles files = files("server", "ca");
    write("clients.pem", forge.certificate("ca") + forge.certificate("namesake"));
    try (HttpsServer server = new HttpsServer(Tls.load(files))) {
      assertThat(server.get(forge.trusting("ca"), forge.only("stranger")).body())
          .isEqualTo("https");
    }
  }

  @Test
  void speaksNothingOlderThanTls12() throws Exception {
    Tls tls = Tls.load(files("server", null));
    try (HttpsServer server = new HttpsServer(tls)) {
      // Not left to the JDK, whose list of what is too old can be changed on a host.
      assertThat(tls.factory().getIncludeProtocols())
          .containsExactlyInAnyOrder("TLSv1.3", "TLSv1.2");
      assertThat(answerToTls11(server.port())).isEqualTo("fatal alert 70 (protocol_version)");
    }
  }

  @Test
  void answersAClientThatAsksForAnotherHost() throws Exception {
    SSLSocketFactory sockets = HttpsServer.context(forge.trusting("ca"), null).getSocketFactory();
    try (HttpsServer server = new HttpsServer(Tls.load(files("server", null)));
        SSLSocket socket = (SSLSocket) sockets.createSocket("127.0.0.1", server.port())) {
      SSLParameters asking = socket.getSSLParameters();
      asking.setServerNames(List.of(new SNIHostName("gpu-01.invalid")));
      socket.setSSLParameters(asking);
      String request = "GET /scheme HTTP/1.1\r\nHost: gpu-01.invalid\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII))
          .startsWith("HTTP/1.1 200 ");
    }
  }

  /** The JDK's own client refuses to speak TLS 1.1, so its first message is written by hand. */
  private static String answerToTls11(int port) throws IOException {
    String body = "0302" + "5a".repeat(32) + "00" + "0004c009002f" + "0100";
    String hello = "010000" + length(body) + body;
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(HexFormat.of().parseHex("16030100" + length(hello) + hello));
      InputStream in = socket.getInputStream();
      byte[] record = in.readNBytes(7);
      boolean fatalAlert = record.length == 7 && record[0] == 21 && record[5] == 2;
      return fatalAlert && record[6] == 70
          ? "fatal alert 70 (protocol_version)"
          : "no such alert: " + HexFormat.of().formatHex(record);
    }
  }

  private static String length(String hex) {
    return HexFormat.of().toHexDigits((byte) (hex.length() / 2));
  }

  private TlsFiles files(String alias, @Nullable String clientCa) throws Exception {
    Path clients = clientCa == null ? null : write("clients.pem", forge.certificate(clientCa));
    return new TlsFiles(
        write("cert.pem", forge.chain(alias)), write("key.pem", forge.key(alias)), clients);
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text, US_ASCII);
  }
}
