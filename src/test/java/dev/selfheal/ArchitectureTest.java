package dev.selfheal;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The arrows between the packages. */
class ArchitectureTest {

  private static final String BASE = "dev.selfheal.";

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(new DoNotIncludeTests())
          .importPackages("dev.selfheal");

  /** The pure packages, which every other one may use, and what they use themselves. */
  private static final Map<String, Set<String>> PURE =
      Map.of(
          "alert", Set.of(),
          "child", Set.of(),
          "http", Set.of(),
          "remedy", Set.of("alert"),
          "verdict", Set.of("remedy"));

  /** What each package names as its own; what those may use counts too. */
  private static final Map<String, Set<String>> MAY_USE =
      Map.ofEntries(
          Map.entry("config", Set.of()),
          Map.entry("alertmanager", Set.of()),
          Map.entry("ollama", Set.of()),
          Map.entry("ssh", Set.of()),
          Map.entry("metrics", Set.of()),
          Map.entry("ledger", Set.of()),
          Map.entry("action", Set.of("ollama", "ssh")),
          Map.entry("evidence", Set.of("action", "ollama")),
          Map.entry("exporter", Set.of("ollama", "alertmanager")),
          Map.entry("web", Set.of("ledger")),
          Map.entry("dispatch", Set.of("ledger", "action", "evidence", "alertmanager")),
          Map.entry("webhook", Set.of("alertmanager", "dispatch", "ledger")),
          Map.entry("verify", Set.of("action", "ollama", "alertmanager", "ssh")),
          Map.entry("drill", Set.of("verify", "action")),
          Map.entry(
              "app", Set.of("config", "webhook", "web", "metrics", "exporter", "verify", "drill")),
          Map.entry("demo", Set.of("app", "exporter")),
          Map.entry("cli", Set.of("app", "demo")));

  @TestFactory
  Stream<DynamicTest> aPackageUsesOnlyWhatTheArchitectureGivesIt() {
    return packageNames().stream()
        .map(name -> DynamicTest.dynamicTest(name, () -> check(arrowsOf(name))));
  }

  @Test
  void everyPackageHasItsRowInTheTable() {
    check(classes().should().resideInAnyPackage(in(packageNames())));
  }

  @Test
  void packagesFormNoCycle() {
    check(slices().matching(BASE + "(*)..").should().beFreeOfCycles());
  }

  @Test
  void theDetectorKnowsSamplesAndNothingElse() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(in("exporter.sample"), in("exporter.detect"))
            .should()
            .dependOnClassesThat(
                not(
                    resideInAnyPackage(
                        "java.lang..",
                        "java.time..",
                        "java.util..",
                        "org.jspecify..",
                        in("exporter.sample"),
                        in("exporter.detect")))));
    check(slices().matching(BASE + "exporter.(*)..").should().beFreeOfCycles());
  }

  @Test
  void configurationIsReadByTheCommandLineAndTheWiringAlone() {
    check(onlyTheseUse(resideInAPackage(in("config")), "config", "app", "cli"));
  }

  @Test
  void simpleclientIsKnownToMetricsAndTheExporterAlone() {
    check(onlyTheseUse(resideInAPackage("io.prometheus.."), "metrics", "exporter"));
  }

  @Test
  void jschIsKnownToSshAlone() {
    check(onlyTheseUse(resideInAPackage("com.jcraft.."), "ssh"));
  }

  @Test
  void everyPackageIsNullMarked() {
    Set<JavaPackage> packages =
        MAIN.stream().map(JavaClass::getPackage).collect(Collectors.toSet());
    assertThat(packages)
        .isNotEmpty()
        .allMatch(each -> each.isAnnotatedWith(NullMarked.class), "has @NullMarked");
  }

  @Test
  void namesAreNounsOfTheDomain() {
    check(
        noClasses()
            .should()
            .haveNameMatching(".*(Utils?|Helper|Impl|Manager|Service)(\\$.*)?")
            .orShould()
            .resideInAnyPackage(
                "..util..", "..helper..", "..impl..", "..manager..", "..service.."));
  }

  private static ArchRule arrowsOf(String name) {
    DescribedPredicate<JavaClass> foreign =
        resideInAPackage("dev.selfheal..")
            .and(not(resideInAnyPackage(in(usableBy(name)))))
            .as("are not in its row of the table");
    return noClasses().that().resideInAPackage(in(name)).should().dependOnClassesThat(foreign);
  }

  private static Set<String> usableBy(String name) {
    Set<String> usable = new TreeSet<>(Set.of(name));
    if (PURE.containsKey(name)) {
      usable.addAll(PURE.getOrDefault(name, Set.of()));
    } else {
      usable.addAll(PURE.keySet());
      MAY_USE.getOrDefault(name, Set.of()).forEach(next -> usable.addAll(usableBy(next)));
    }
    return usable;
  }

  private static ArchRule onlyTheseUse(DescribedPredicate<JavaClass> used, String... users) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(in(Set.of(users)))
        .should()
        .dependOnClassesThat(used);
  }

  private static Set<String> packageNames() {
    Set<String> names = new TreeSet<>(MAY_USE.keySet());
    names.addAll(PURE.keySet());
    return names;
  }

  private static String in(String name) {
    return BASE + name + "..";
  }

  private static String[] in(Collection<String> names) {
    return names.stream().map(ArchitectureTest::in).toArray(String[]::new);
  }

  /** A layer that does not exist yet breaks no rule. */
  private static void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(MAIN);
  }
}
