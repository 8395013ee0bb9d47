package dev.selfheal.webhook;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.selfheal.testkit.RecordedLog;
import io.javalin.Javalin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a sender hears of a receiver that is out of memory or of stack. */
class BrokenTest {

  private final Javalin server =
      Javalin.create(
          config -> {
            config.startup.showJavalinBanner = false;
            config.router.javaLangErrorHandler(Failures::broken);
            config.routes.post(
                "/full",
                request -> {
                  throw new OutOfMemoryError("Java heap space");
                });
            config.routes.post(
                "/deep",
                request -> {
                  request.header("Allow", "POST").result("half an answer");
                  throw new StackOverflowError();
                });
          });

  @BeforeEach
  void start() {
    server.start("127.0.0.1", 0);
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @Test
  void whoFindsNoRoomIsToldToSendAgain() {
    for (String path : new String[] {"/full", "/deep"}) {
      given()
          .port(server.port())
          .post(path)
          .then()
          .statusCode(503)
          .contentType(equalTo("application/json"))
          .body("error", containsString("its journal says why"));
    }
  }

  @Test
  void theJournalSaysWhatItWas() {
    try (RecordedLog log = new RecordedLog("dev.selfheal.webhook")) {
      given().port(server.port()).post("/full").then().statusCode(503);
      assertThat(log.lines()).anyMatch(line -> line.contains("a request could not be answered"));
    }
  }
}
