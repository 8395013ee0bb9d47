package dev.selfheal.alertmanager;

import dev.selfheal.alert.Alert;
import dev.selfheal.http.Printable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The top level of the payload as it stands in the JSON, before anything is asked of its values.
 */
record WirePayload(
    @Nullable String version, @Nullable String receiver, long truncated, @Nullable Group group) {
  private static final String VERSION = "4";

  /** The alerts of the payload. Each is converted as it is read, so odd ones take no room. */
  record Group(List<Alert> usable, int odd) {}

  static WirePayload read(JsonCursor json) throws IOException, MalformedPayloadException {
    String version = null;
    String receiver = null;
    long truncated = 0;
    Group group = null;
    json.enterObject();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (name) {
        case "version" -> version = json.string();
        case "receiver" -> receiver = json.string();
        case "truncatedAlerts" -> truncated = json.count();
        case "alerts" -> group = readGroup(json);
        default -> json.skip();
      }
    }
    return new WirePayload(version, receiver, truncated, group);
  }

  /**
   * Returns the payload.
   *
   * @throws MalformedPayloadException if it is of another version or has no alerts at all
   */
  Payload toPayload() throws MalformedPayloadException {
    if (!VERSION.equals(version)) {
      String found = version == null ? "nothing" : '"' + Printable.cut(version, 20) + '"';
      throw Malformed.at("version", '"' + VERSION + '"', found);
    }
    if (group == null) {
      throw Malformed.at("alerts", "an array", "nothing");
    }
    return new Payload(receiver == null ? "" : receiver, truncated, group.usable(), group.odd());
  }

  private static Group readGroup(JsonCursor json) throws IOException, MalformedPayloadException {
    List<Alert> usable = new ArrayList<>();
    int odd = 0;
    json.enterArray();
    while (json.nextObject()) {
      Optional<Alert> alert = WireAlert.read(json).toAlert();
      if (alert.isPresent()) {
        usable.add(alert.get());
      } else {
        odd++;
      }
    }
    return new Group(usable, odd);
  }
}
