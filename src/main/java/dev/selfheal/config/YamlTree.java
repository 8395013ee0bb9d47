package dev.selfheal.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.selfheal.config.Node.Scalar.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Builds the tree of a YAML document from its tokens.
 *
 * <p>From tokens and not from Jackson's own tree, because that stops at the first duplicate key and
 * forgets where a value stood. Aliases are refused: nothing here needs them, and expanded ones can
 * make a small file enormous.
 */
final class YamlTree {
  private static final int DEEPEST = 32;
  private static final YAMLFactory YAML =
      YAMLFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
          .build();

  /** What YAML forbids; checked here because the parser does not say where it stands. */
  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\x7F-\\x84\\x86-\\x9F\\uFFFE\\uFFFF]");

  private final YAMLParser parser;
  private final Problems problems;

  private YamlTree(YAMLParser parser, Problems problems) {
    this.parser = parser;
    this.problems = problems;
  }

  /** The document's tree; empty when it cannot be parsed, and then {@code problems} hold why. */
  static Optional<Node> parse(String document, Problems problems) {
    Matcher unprintable = UNPRINTABLE.matcher(document);
    if (unprintable.find()) {
      problems.error(Place.DOCUMENT, SyntaxMessage.ofUnprintable(document, unprintable.start()));
      return Optional.empty();
    }
    try (YAMLParser parser = YAML.createParser(document)) {
      return Optional.of(new YamlTree(parser, problems).document());
    } catch (StreamConstraintsException e) {
      problems.error(Place.DOCUMENT, "The file is nested more than " + DEEPEST + " levels deep");
      return Optional.empty();
    } catch (JsonProcessingException e) {
      problems.error(Place.DOCUMENT, SyntaxMessage.of(e));
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("Reading from a string cannot fail", e);
    }
  }

  private Node document() throws IOException {
    Node root =
        parser.nextToken() == null
            ? new Node.Scalar(Place.DOCUMENT, Kind.NOTHING, "", "")
            : value(Place.DOCUMENT);
    if (parser.nextToken() != null) {
      problems.error(
          new Place("", offset()), "The file holds several YAML documents; keep one, without ---");
    }
    return root;
  }

  private Node value(Place place) throws IOException {
    if (parser.isCurrentAlias()) {
      problems.error(place, "is a YAML alias, which is not read here; write the value out");
      return new Node.Broken(place);
    }
    return switch (parser.currentToken()) {
      case START_OBJECT -> mapping(place);
      case START_ARRAY -> sequence(place);
      case VALUE_NULL -> scalar(place, Kind.NOTHING);
      case VALUE_TRUE, VALUE_FALSE -> scalar(place, Kind.BOOLEAN);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> scalar(place, Kind.NUMBER);
      case VALUE_STRING -> scalar(place, parser.getText().isEmpty() ? Kind.NOTHING : Kind.TEXT);
      default -> unreadable(place);
    };
  }

  private Node mapping(Place place) throws IOException {
    Map<String, Node> entries = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      boolean alias = parser.isCurrentAlias();
      String key = alias ? "*" + parser.currentName() : parser.currentName();
      Place entry = place.key(key, offset());
      parser.nextToken();
      Node value = value(entry);
      if (entries.putIfAbsent(key, value) != null) {
        problems.error(entry, "is set twice; keep one");
      }
    }
    return new Node.Mapping(place, entries);
  }

  private Node sequence(Place place) throws IOException {
    List<Node> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(place.item(items.size(), offset())));
    }
    return new Node.Sequence(place, items);
  }

  private Node scalar(Place place, Kind kind) throws IOException {
    String text = parser.getText();
    return new Node.Scalar(place, kind, text, text);
  }

  private Node unreadable(Place place) {
    problems.error(place, "carries a YAML tag that is not read here; remove the tag");
    return new Node.Broken(place);
  }

  private long offset() {
    return parser.currentTokenLocation().getCharOffset();
  }
}
