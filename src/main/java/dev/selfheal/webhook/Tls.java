package dev.selfheal.webhook;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/**
 * The receiver's TLS, version 1.2 or newer: its certificate, and which clients it takes. The files
 * can be read again while it serves. Revocation lists are not asked.
 */
public final class Tls {
  private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

  private final TlsFiles files;
  private final SslContextFactory.Server factory = new SslContextFactory.Server();
  private volatile Identity identity;

  private Tls(TlsFiles files) throws TlsException {
    this.files = files;
    this.identity = readIdentity(files);
    factory.setSslContext(context(identity, files.clientCa()));
    factory.setIncludeProtocols(VERSIONS);
    factory.setRenegotiationAllowed(false);
    factory.setNeedClientAuth(files.clientCa() != null);
  }

  /**
   * Reads the files and checks that they fit.
   *
   * @throws TlsException if a file cannot be used; an expired certificate can, see {@link #warning}
   */
  public static Tls load(TlsFiles files) throws TlsException {
    return new Tls(files);
  }

  /** What Jetty makes its connections with. The same object after a {@link #reload}. */
  public SslContextFactory.Server factory() {
    return factory;
  }

  /**
   * A connector that speaks HTTP/1.1 over this TLS, without host and port yet. It does not compare
   * the host that a client asks for with the certificate: operators use addresses.
   *
   * @param plain the settings that HTTP without TLS would have; copied
   */
  public ServerConnector connector(Server server, HttpConfiguration plain) {
    HttpConfiguration secure = new HttpConfiguration(plain);
    secure.addCustomizer(new SecureRequestCustomizer(false));
    return new ServerConnector(
        server, new SslConnectionFactory(factory, "http/1.1"), new HttpConnectionFactory(secure));
  }

  /**
   * Reads the same files again. New connections get what they hold now; those that are open stay as
   * they are.
   *
   * @throws TlsException if a file cannot be used; all stays as it was then
   */
  public synchronized void reload() throws TlsException {
    Identity read = readIdentity(files);
    SSLContext context = context(read, files.clientCa());
    try {
      factory.reload(each -> each.setSslContext(context));
    } catch (Exception e) {
      // Jetty's signature; with a finished context there is nothing left that could fail.
      throw new IllegalStateException("Jetty does not take the new TLS context", e);
    }
    identity = read;
  }

  /** Why clients refuse the certificate in use, in one line; empty if they need not. */
  public Optional<String> warning(Clock clock) {
    return identity.warning(clock.instant());
  }

  private static Identity readIdentity(TlsFiles files) throws TlsException {
    return Identity.read(
        new PemFile("tls.cert_file", files.certificate()),
        new PemFile("tls.key_file", files.key()));
  }

  private static SSLContext context(Identity identity, @Nullable Path clientCa)
      throws TlsException {
    TrustManager[] trusted =
        clientCa == null
            ? new TrustManager[0]
            : trusting(new PemFile("tls.client_ca_file", clientCa));
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(identity.keyManagers(), trusted, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw identity.source().wrong("cannot be used: " + e.getMessage());
    }
  }

  private static TrustManager[] trusting(PemFile file) throws TlsException {
    List<X509Certificate> authorities = PemCertificates.read(file);
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      for (int i = 0; i < authorities.size(); i++) {
        store.setCertificateEntry("ca-" + i, authorities.get(i));
      }
      TrustManagerFactory managers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(store);
      return managers.getTrustManagers();
    } catch (GeneralSecurityException | IOException e) {
      throw file.wrong("cannot be used: " + e.getMessage());
    }
  }
}
