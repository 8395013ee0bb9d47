package dev.selfheal.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The errors and warnings found so far, handed out in the order of the document. */
final class Problems {
  private record Found(Place place, Problem problem) {}

  private final List<Found> errors = new ArrayList<>();
  private final List<Found> warnings = new ArrayList<>();

  void error(Place place, String message) {
    errors.add(new Found(place, new Problem(place.path(), message)));
  }

  void warning(Place place, String message) {
    warnings.add(new Found(place, new Problem(place.path(), message)));
  }

  /** Whether an error stands at this path or below it. */
  boolean concern(String path) {
    return errors.stream()
        .map(error -> error.place().path())
        .anyMatch(p -> p.equals(path) || p.startsWith(path + ".") || p.startsWith(path + "["));
  }

  boolean hasErrors() {
    return !errors.isEmpty();
  }

  List<Problem> errors() {
    return inDocumentOrder(errors);
  }

  List<Problem> warnings() {
    return inDocumentOrder(warnings);
  }

  private static List<Problem> inDocumentOrder(List<Found> found) {
    return found.stream()
        .sorted(Comparator.comparingLong(each -> each.place().offset()))
        .map(Found::problem)
        .toList();
  }
}
