package dev.selfheal.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code auth}. */
final class AuthReader {
  private static final Pattern USER_NAME = Pattern.compile("[^:\\p{Cntrl}]{1,255}");

  private final FileReaders files;

  AuthReader(FileReaders files) {
    this.files = files;
  }

  Reader<AuthConfig> reader() {
    return Section.reader(this::auth);
  }

  private AuthConfig auth(Section section) {
    Path webhook = section.find("webhook_token_file", files.token());
    Path operator = section.find("operator_token_file", files.token());
    if (webhook != null && operator != null && holdTheSame(webhook, operator)) {
      section
          .problems()
          .error(
              section.place("operator_token_file"),
              "holds the same token as auth.webhook_token_file, so Alertmanager could approve its"
                  + " own restarts; make two tokens");
    }
    List<BasicUser> users =
        section.get("basic_users", Reader.listOf(Section.reader(this::user)), List.of());
    if (!section.problems().concern(section.place("basic_users").path())) {
      reportRepeatedNames(users, section);
    }
    return new AuthConfig(webhook, operator, users);
  }

  private @Nullable BasicUser user(Section section) {
    String name =
        section.require(
            "name", Scalars.text(USER_NAME, "must not hold a colon or a control character"));
    Role role = section.require("role", Scalars.parsed("webhook or operator", AuthReader::role));
    Path hash = section.require("hash_file", files.bcryptHash());
    return name == null || role == null || hash == null ? null : new BasicUser(name, role, hash);
  }

  private static void reportRepeatedNames(List<BasicUser> users, Section section) {
    Map<String, Place> places = new HashMap<>();
    for (int i = 0; i < users.size(); i++) {
      Place place = section.place("basic_users").item(i, section.place("basic_users").offset());
      Place first = places.putIfAbsent(users.get(i).name(), place);
      if (first != null) {
        section
            .problems()
            .error(place, "has the same name as " + first.path() + "; give each its own");
      }
    }
  }

  private static Parsed<Role> role(String text) {
    return switch (text) {
      case "webhook" -> Parsed.of(Role.WEBHOOK);
      case "operator" -> Parsed.of(Role.OPERATOR);
      default -> Parsed.wrong("must be webhook or operator");
    };
  }

  private static boolean holdTheSame(Path one, Path other) {
    try {
      return Secrets.read(one).equals(Secrets.read(other));
    } catch (IOException e) {
      // Reported when each was read.
      return false;
    }
  }
}
