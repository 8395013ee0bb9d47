package dev.selfheal.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.selfheal.http.NoAnswerException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A receiver that speaks TLS under a name that nobody calls it by. */
class PinnedCertificateTest {
  private static final String PASSWORD = "changeit";

  @TempDir Path folder;
  private HttpsServer server;

  @BeforeEach
  void startServer() throws Exception {
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context("own")));
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stopServer() {
    server.stop(0);
  }

  @Test
  void itsOwnCertificateIsTrustedWhateverItIsCalled() throws Exception {
    assertThat(ask("own").status()).isEqualTo(200);
  }

  @Test
  void noOtherCertificateIsTrusted() throws Exception {
    context("other");
    assertThatThrownBy(() -> ask("other"))
        .isInstanceOf(NoAnswerException.class)
        .hasMessageContaining("not the certificate in tls.cert_file");
  }

  @Test
  void aFileWithoutACertificateIsTrustedForNothing() throws IOException {
    assertThat(PinnedCertificate.in(folder.resolve("absent.pem"))).isNull();
    assertThat(PinnedCertificate.in(Files.writeString(folder.resolve("a.pem"), "no"))).isNull();
  }

  private Web.Answer ask(String certificate) throws Exception {
    URI address = URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/");
    return new Web(PinnedCertificate.in(folder.resolve(certificate + ".pem"))).get(address, null);
  }

  /** Of a server whose certificate is for gpu-01.invalid; it lies in NAME.pem. */
  private SSLContext context(String name) throws Exception {
    Path store = folder.resolve(name + ".p12");
    keytool(store, "-genkeypair -alias s -keyalg EC -dname CN=gpu-01.invalid -validity 2");
    keytool(store, "-exportcert -rfc -alias s -file " + folder.resolve(name + ".pem"));
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    return context;
  }

  private void keytool(Path store, String words) throws IOException, InterruptedException {
    List<String> argv = new ArrayList<>();
    argv.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    argv.addAll(List.of(words.split(" ", -1)));
    argv.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
    Path log = folder.resolve("keytool.log");
    Process process =
        new ProcessBuilder(argv).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(log)).isZero();
  }
}
