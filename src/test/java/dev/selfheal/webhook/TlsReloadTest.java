package dev.selfheal.webhook;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.selfheal.testkit.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Certificates that change while the receiver serves. */
@Timeout(60)
class TlsReloadTest {
  @TempDir private static Path shared;
  private static Forge forge;
  private static KeyStore trusted;

  @TempDir private Path folder;
  private Path clients;
  private Tls tls;

  @BeforeAll
  static void forgeCertificates() throws Exception {
    forge = new Forge(shared).authority("ca", "authority").authority("other-ca", "other");
    forge.certificate("old", "ca").certificate("new", "ca").certificate("guest", "other-ca");
    forge.certificate("expired", "ca", "-keyalg Ed25519 -startdate -4d -validity 2");
    trusted = forge.trusting("ca");
  }

  @BeforeEach
  void serveTheOldOne() throws Exception {
    give("old");
    clients = write("clients.pem", forge.certificate("ca"));
    tls = Tls.load(new TlsFiles(folder.resolve("cert.pem"), folder.resolve("key.pem"), clients));
  }

  @Test
  void showsTheNewCertificateToNewConnections() throws Exception {
    try (HttpsServer server = new HttpsServer(tls)) {
      assertThat(shown(server)).isEqualTo("CN=old");
      give("new");
      assertThat(shown(server)).isEqualTo("CN=old");
      tls.reload();
      assertThat(shown(server)).isEqualTo("CN=new");
    }
  }

  @Test
  void takesTheClientsOfTheNewAuthorityAndNoLongerThoseOfTheOldOne() throws Exception {
    try (HttpsServer server = new HttpsServer(tls)) {
      KeyStore guest = forge.only("guest");
      assertThatThrownBy(() -> server.get(trusted, guest)).isInstanceOf(IOException.class);
      write("clients.pem", forge.certificate("other-ca"));
      tls.reload();
      assertThat(server.get(trusted, guest).statusCode()).isEqualTo(200);
      assertThatThrownBy(() -> shown(server)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void goesOnWithTheOldFilesWhenANewOneIsBad() throws Exception {
    try (HttpsServer server = new HttpsServer(tls)) {
      give("new");
      write("key.pem", forge.key("old"));
      assertThatThrownBy(tls::reload).isInstanceOf(TlsException.class);
      assertThat(shown(server)).isEqualTo("CN=old");
      give("new");
      write("clients.pem", "not PEM");
      assertThatThrownBy(tls::reload).isInstanceOf(TlsException.class);
      assertThat(shown(server)).isEqualTo("CN=old");
      write("clients.pem", forge.certificate("ca"));
      tls.reload();
      assertThat(shown(server)).isEqualTo("CN=new");
    }
  }

  @Test
  void canBeReloadedBeforeTheServerStarts() throws Exception {
    give("new");
    tls.reload();
    try (HttpsServer server = new HttpsServer(tls)) {
      assertThat(shown(server)).isEqualTo("CN=new");
    }
  }

  @Test
  void warnsOfACertificateThatHasExpiredButServesIt() throws Exception {
    assertThat(tls.warning(Clock.systemUTC())).isEmpty();
    give("expired");
    tls.reload();
    assertThat(tls.warning(Clock.systemUTC()))
        .get()
        .asString()
        .startsWith(
            "tls.cert_file: certificate 1 of " + folder.resolve("cert.pem") + " expired at ")
        .endsWith("Z; renew it and send SIGHUP");
  }

  @Test
  void warnsFromTheMomentOfExpiryAndBeforeTheBeginOfValidity() throws Exception {
    SettableClock clock = new SettableClock(Clock.systemUTC().instant());
    clock.advance(Duration.ofDays(2).plusMinutes(1));
    assertThat(tls.warning(clock)).get().asString().contains(" expired at ");
    clock.advance(Duration.ofDays(-3));
    assertThat(tls.warning(clock))
        .get()
        .asString()
        .contains(" is not valid before ")
        .endsWith("; check this host's clock");
  }

  /** Clients refuse the chain for any of its certificates. */
  @Test
  void warnsOfAnExpiredAuthorityInTheChainToo() throws Exception {
    forge.certificate("late", "ca", "-keyalg Ed25519 -validity 9");
    give("late");
    tls.reload();
    SettableClock clock = new SettableClock(Clock.systemUTC().instant());
    clock.advance(Duration.ofDays(3));
    assertThat(tls.warning(clock)).get().asString().contains("certificate 2 of ");
  }

  private static String shown(HttpsServer server) throws Exception {
    return HttpsServer.subject(server.get(trusted, forge.only("old")));
  }

  private void give(String alias) throws Exception {
    write("cert.pem", forge.chain(alias));
    write("key.pem", forge.key(alias));
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text, US_ASCII);
  }
}
