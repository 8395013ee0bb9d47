package dev.selfheal.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Which names a line of a known_hosts file speaks of. */
interface HostPatterns {

  /** Whether it speaks of this name, which is in lower case, with its port unless that is 22. */
  boolean match(String name);

  /**
   * Reads the first field of a line.
   *
   * @throws IllegalArgumentException if it is none
   */
  static HostPatterns of(String field) {
    return field.startsWith("|") ? Hash.of(field) : Globs.of(field);
  }

  /** A name that was hashed, so that who reads the file does not learn where it leads. */
  record Hash(SecretKeySpec salt, String hash) implements HostPatterns {
    private static final String MAC = "HmacSHA1"; // by the format's definition
    private static final Pattern FORM = Pattern.compile("\\|1\\|([^|]+)\\|([^|]+)");

    static Hash of(String field) {
      var parts = FORM.matcher(field);
      if (!parts.matches()) {
        throw new IllegalArgumentException("no hash of a host name");
      }
      Base64.Decoder base64 = Base64.getDecoder();
      return new Hash(
          new SecretKeySpec(base64.decode(parts.group(1)), MAC),
          text(base64.decode(parts.group(2))));
    }

    @Override
    public boolean match(String name) {
      try {
        Mac mac = Mac.getInstance(MAC);
        mac.init(salt);
        return hash.equals(text(mac.doFinal(name.getBytes(UTF_8))));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every JDK has " + MAC, e);
      }
    }

    private static String text(byte[] bytes) {
      return Base64.getEncoder().encodeToString(bytes);
    }
  }

  /** Names separated by commas, with {@code *}, {@code ?}, and {@code !} for those left out. */
  record Globs(List<Pattern> wanted, List<Pattern> unwanted) implements HostPatterns {

    static Globs of(String field) {
      List<String> globs = Arrays.asList(field.toLowerCase(Locale.ROOT).split(",", -1));
      return new Globs(
          globs.stream().filter(each -> !each.startsWith("!")).map(Globs::pattern).toList(),
          globs.stream()
              .filter(each -> each.startsWith("!"))
              .map(each -> pattern(each.substring(1)))
              .toList());
    }

    @Override
    public boolean match(String name) {
      return wanted.stream().anyMatch(each -> each.matcher(name).matches())
          && unwanted.stream().noneMatch(each -> each.matcher(name).matches());
    }

    private static Pattern pattern(String glob) {
      return Pattern.compile(
          glob.codePoints()
              .mapToObj(Character::toString)
              .map(c -> c.equals("*") ? ".*" : c.equals("?") ? "." : Pattern.quote(c))
              .collect(Collectors.joining()));
    }
  }
}
