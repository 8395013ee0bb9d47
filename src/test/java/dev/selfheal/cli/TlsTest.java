package dev.selfheal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands and a receiver that speaks HTTPS. */
class TlsTest {
  private static final String PASSWORD = "changeit";

  @TempDir private Path folder;

  @Test
  void trustsTheCertificatesOfTheFileItIsGivenAndNoOther() throws Exception {
    try (FakeReceiver receiver = new FakeReceiver(server("ip:127.0.0.1"))) {
      receiver.answers("POST /api/v1/resume", 200, "{}");
      assertThat(resume(receiver, "--ca-file=" + pem()).code()).isZero();

      Ran untrusting = resume(receiver);
      assertThat(untrusting.err())
          .startsWith("selfheal resume: no trusted connection to https://127.0.0.1:")
          .contains("give the PEM file of its authority as --ca-file");
      assertThat(untrusting.err().lines()).hasSize(1);
      assertThat(untrusting.code()).isEqualTo(1);
    }
  }

  @Test
  void insistsOnTheHostNameOfTheCertificate() throws Exception {
    try (FakeReceiver receiver = new FakeReceiver(server("dns:gpu-01.invalid"))) {
      Ran ran = resume(receiver, "--ca-file=" + pem());
      assertThat(ran.err()).contains("no trusted connection", "the host name that its certificate");
      assertThat(receiver.asked()).isEmpty();
    }
  }

  @Test
  void speaksHttpsIfTheConfigurationHasTls() throws Exception {
    try (FakeReceiver receiver = new FakeReceiver(server("ip:127.0.0.1"))) {
      receiver.answers("POST /api/v1/resume", 200, "{}");
      Path file = folder.resolve("selfheal.yml");
      Files.writeString(
          file,
          "listen: 0.0.0.0:%d\ntls: {cert_file: /nonexistent, key_file: /nonexistent}\n"
              .formatted(receiver.port()));
      Ran ran = Ran.with("resume", "--all", "--config.file=" + file, "--ca-file=" + pem());
      assertThat(ran).isEqualTo(new Ran(0, "all targets are resumed\n", ""));
    }
  }

  @Test
  void namesAFileThatHoldsNoCertificate() throws IOException {
    Path empty = Files.writeString(folder.resolve("empty.pem"), "nothing");
    for (Path file : List.of(empty, folder.resolve("absent.pem"))) {
      Ran ran = Ran.with("status", "--url=https://127.0.0.1:1", "--ca-file=" + file);
      assertThat(ran.err()).startsWith("selfheal status: --ca-file " + file);
      assertThat(ran.err().lines()).hasSize(1);
      assertThat(ran.code()).isEqualTo(2);
    }
  }

  private static Ran resume(FakeReceiver receiver, String... more) {
    return Ran.with(Args.of("resume", more, "--all", "--url=https://127.0.0.1:" + receiver.port()));
  }

  private Path pem() {
    return folder.resolve("server.pem");
  }

  private HttpsServer server(String name) throws Exception {
    Path store = folder.resolve("server.p12");
    keytool(
        store, "-genkeypair -alias s -keyalg EC -dname CN=receiver -validity 2 -ext san=" + name);
    keytool(store, "-exportcert -rfc -alias s -file " + pem());
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    return server;
  }

  private void keytool(Path store, String words) throws IOException, InterruptedException {
    String program = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    String[] shared = {"-keystore", store.toString(), "-storepass", PASSWORD};
    Process process =
        new ProcessBuilder(Args.of(program, words.split(" ", -1), shared))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(folder.resolve("keytool.log"))).isZero();
  }
}
