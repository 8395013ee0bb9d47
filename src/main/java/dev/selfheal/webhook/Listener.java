package dev.selfheal.webhook;

import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import java.time.Duration;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** How the server listens: address, threads, and limits on slow senders. */
final class Listener {

  /** The request's attribute that holds its connection, for whoever wants to be less patient. */
  static final String LINE = "selfheal.line";

  /** Connections on which nothing happens do not keep the program from ending for longer. */
  private static final Duration FAREWELL = Duration.ofMillis(100);

  /** Each request under way needs one; slow senders hold theirs until they are hung up on. */
  private static final int MOST_THREADS = 48;

  /** Acceptor, selector, and two that work. */
  private static final int FEWEST_THREADS = 4;

  private static final long STOP_MILLIS = 3_000;

  private Listener() {}

  static void configure(JavalinConfig config, HttpSettings settings) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.prefer405over404 = true;
    config.http.compressionStrategy = CompressionStrategy.NONE;
    config.http.maxRequestSize = RequestBody.MOST_BYTES;
    QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, FEWEST_THREADS);
    threads.setName("http");
    config.jetty.threadPool = threads;
    config.jetty.modifyServer(server -> server.setStopTimeout(STOP_MILLIS));
    config.jetty.modifyServer(server -> server.setErrorHandler(new TransportErrors()));
    config.jetty.modifyHttpConfiguration(Listener::configure);
    config.jetty.addConnector((server, http) -> connector(server, http, settings));
  }

  private static void configure(HttpConfiguration http) {
    http.setSendServerVersion(false);
    http.addCustomizer(
        (request, headers) -> {
          request.setAttribute(LINE, request.getConnectionMetaData().getConnection().getEndPoint());
          return request;
        });
  }

  private static Connector connector(Server server, HttpConfiguration http, HttpSettings settings) {
    Tls tls = settings.tlsOrNull();
    ServerConnector connector =
        tls == null
            ? new ServerConnector(server, 1, 1, new HttpConnectionFactory(http))
            : tls.connector(server, http);
    connector.setHost(settings.host());
    connector.setPort(settings.port());
    connector.setIdleTimeout(settings.silence().toMillis());
    connector.setShutdownIdleTimeout(FAREWELL.toMillis());
    return connector;
  }
}
