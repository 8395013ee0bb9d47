package dev.selfheal.webhook;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.selfheal.webhook.Rooms.House;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.json.JavalinJackson;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;

/** The receiver's HTTP server: which route leads where, and who may use it. */
public final class ReceiverHttp implements AutoCloseable {

  private final Javalin server;

  private ReceiverHttp(Javalin server) {
    this.server = server;
  }

  /**
   * Starts to listen.
   *
   * @throws RuntimeException if the address cannot be used
   */
  public static ReceiverHttp start(HttpSettings settings, Rooms rooms, House house) {
    Javalin server =
        Javalin.create(
            config -> {
              Listener.configure(config, settings);
              config.jsonMapper(new JavalinJackson(json(), false));
              config.requestLogger.http((request, millis) -> count(request, millis, house));
              guard(config, new Access(settings.credentials(), settings.loopback()));
              route(config.routes, rooms, house);
              new Failures(rooms.dispatch().trouble(), rooms.clock()).handle(config.routes);
              config.router.javaLangErrorHandler(Failures::broken);
            });
    return new ReceiverHttp(server.start());
  }

  /** The port that the server listens on. */
  public int port() {
    return server.port();
  }

  /** Stops to listen; requests under way are answered, for a few seconds. */
  @Override
  public void close() {
    server.stop();
  }

  /** How this server writes and reads JSON. */
  static ObjectMapper json() {
    return JsonMapper.builder()
        .addModule(new JavaTimeModule())
        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .build();
  }

  private static void guard(JavalinConfig config, Access access) {
    config.routes.beforeMatched(
        request -> {
          Set<Role> wanted =
              request.routeRoles().stream().map(Role.class::cast).collect(Collectors.toSet());
          access.check(request, wanted);
          if (request.req().getMethod().equals("POST")) {
            RequestBody.checkHead(request);
          }
        });
  }

  private static void route(RoutesConfig routes, Rooms rooms, House house) {
    BodyBudget budget = BodyBudget.ofHeap(Runtime.getRuntime().maxMemory());
    RequestBody bodies = new RequestBody(rooms.clock(), budget);
    Orders orders = new Orders(json(), bodies);
    WebhookRoute webhook = new WebhookRoute(rooms, bodies);
    routes.post(WebhookRoute.PATH, webhook::deliver, Role.WEBHOOK);
    RemediationRoute remediation = new RemediationRoute(rooms.dispatch().operator(), orders);
    routes.post("/api/v1/remediations", remediation::request, Role.OPERATOR);
    ApprovalRoute approval = new ApprovalRoute(rooms.dispatch().operator(), rooms.ledger(), orders);
    routes.post("/api/v1/attempts/{id}/approve", approval::approve, Role.OPERATOR);
    routePauses(
        routes,
        new PauseRoutes(rooms.dispatch().operator(), rooms.managed(), orders, rooms.clock()));
    routeDrills(
        routes, new DrillRoutes(rooms.dispatch().drills(), rooms.managed(), orders, rooms.clock()));
    routeListings(
        routes,
        new ListingRoutes(
            rooms.overview(),
            rooms.ledger(),
            rooms.managed(),
            rooms.dispatch().announcer(),
            rooms.clock()));
    routeState(routes, new StateRoutes(rooms, house));
  }

  private static void routePauses(RoutesConfig routes, PauseRoutes pauses) {
    routes.post("/api/v1/targets/{name}/pause", pauses::pause, Role.OPERATOR);
    routes.post("/api/v1/targets/{name}/resume", pauses::resume, Role.OPERATOR);
    routes.post("/api/v1/pause", pauses::pauseAll, Role.OPERATOR);
    routes.post("/api/v1/resume", pauses::resumeAll, Role.OPERATOR);
  }

  private static void routeDrills(RoutesConfig routes, DrillRoutes drills) {
    routes.post("/api/v1/targets/{name}/drill", drills::begin, Role.OPERATOR);
    routes.post("/api/v1/drills/{id}", drills::end, Role.OPERATOR);
  }

  private static void routeListings(RoutesConfig routes, ListingRoutes listings) {
    get(routes, "/api/v1/targets", listings::targets, Role.OPERATOR);
    get(routes, "/api/v1/incidents", listings::incidents, Role.OPERATOR);
    get(routes, "/api/v1/attempts", listings::attempts, Role.OPERATOR);
    get(routes, "/api/v1/attempts/{id}/evidence", listings::evidence, Role.OPERATOR);
    get(routes, "/api/v1/drills", listings::drills, Role.OPERATOR);
    get(routes, "/api/v1/probes/{nonce}", listings::probe, Role.OPERATOR);
  }

  private static void routeState(RoutesConfig routes, StateRoutes state) {
    get(routes, "/-/healthy", state::healthy, Role.OPEN);
    get(routes, "/-/ready", state::ready, Role.OPEN);
    get(routes, "/metrics", state::metrics, Role.METRICS);
    routes.post("/-/reload", state::reload, Role.OPERATOR);
  }

  /** Left alone, Javalin answers HEAD with 200 whatever GET would say, and without its role. */
  private static void get(RoutesConfig routes, String path, Handler handler, Role role) {
    routes.get(path, handler, role);
    routes.head(path, handler, role);
  }

  private static void count(Context request, float millis, House house) {
    if (stripped(request.path()).equals(WebhookRoute.PATH)) {
      house.webhookAnswered(request.statusCode(), Duration.ofNanos((long) (millis * 1_000_000)));
    }
  }

  /** Slashes at the end do not keep a request from its route. */
  private static String stripped(String path) {
    return path.replaceFirst("/+$", "");
  }
}
