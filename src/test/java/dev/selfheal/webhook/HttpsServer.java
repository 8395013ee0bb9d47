package dev.selfheal.webhook;

import io.javalin.Javalin;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;

/** A real server behind a {@link Tls}, on a free port of loopback, and clients for it. */
final class HttpsServer implements AutoCloseable {
  private final Javalin javalin;

  HttpsServer(Tls tls) {
    javalin =
        Javalin.create(
            config -> {
              config.startup.showJavalinBanner = false;
              config.jetty.addConnector(
                  (server, http) -> {
                    ServerConnector made = tls.connector(server, http);
                    made.setHost("127.0.0.1");
                    return made;
                  });
              config.routes.get("/scheme", context -> context.result(context.scheme()));
            });
    javalin.start();
  }

  int port() {
    return javalin.port();
  }

  /**
   * Asks over a new connection.
   *
   * @param trusted what the client trusts
   * @param own what the client shows, if it has anything to show
   * @param version the only version of TLS that the client speaks
   */
  HttpResponse<String> get(KeyStore trusted, @Nullable KeyStore own, String version)
      throws Exception {
    SSLParameters parameters = new SSLParameters();
    parameters.setProtocols(new String[] {version});
    HttpClient client =
        HttpClient.newBuilder().sslContext(context(trusted, own)).sslParameters(parameters).build();
    URI uri = URI.create("https://127.0.0.1:" + port() + "/scheme");
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build();
    return client.send(request, BodyHandlers.ofString());
  }

  HttpResponse<String> get(KeyStore trusted, @Nullable KeyStore own) throws Exception {
    return get(trusted, own, "TLSv1.3");
  }

  /** The name in the certificate that the server showed. */
  static String subject(HttpResponse<String> response) throws Exception {
    X509Certificate shown =
        (X509Certificate) response.sslSession().orElseThrow().getPeerCertificates()[0];
    return shown.getSubjectX500Principal().getName();
  }

  /** What a client makes its connections with. */
  static SSLContext context(KeyStore trusted, @Nullable KeyStore own) throws Exception {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    KeyManager[] keys = new KeyManager[0];
    if (own != null) {
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(own, Forge.password());
      keys = factory.getKeyManagers();
    }
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys, trust.getTrustManagers(), null);
    return context;
  }

  @Override
  public void close() {
    javalin.stop();
  }
}
