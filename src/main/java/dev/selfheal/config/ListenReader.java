package dev.selfheal.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code listen}: {@code HOST:PORT}, an IPv6 address in brackets. */
final class ListenReader {
  private static final Pattern FORM =
      Pattern.compile("(?:\\[([^\\]]+:[^\\]]*)]|([^:\\[\\]]+)):(\\d{1,5})");
  private static final int HIGHEST_PORT = 65535;
  private static final String RULE = "HOST:PORT such as 127.0.0.1:9595 or [::1]:9595";

  static final Reader<ListenConfig> READER = Scalars.parsed(RULE, ListenReader::parse);

  private ListenReader() {}

  private static Parsed<ListenConfig> parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Parsed.wrong("must be " + RULE);
    }
    String host = form.group(1) == null ? form.group(2) : form.group(1);
    int port = Integer.parseInt(form.group(3));
    if (port > HIGHEST_PORT) {
      return Parsed.wrong("the port must be at most " + HIGHEST_PORT);
    }
    return Hosts.isValid(host)
        ? Parsed.of(new ListenConfig(host, port))
        : Parsed.wrong("the host is neither a name nor an address");
  }
}
