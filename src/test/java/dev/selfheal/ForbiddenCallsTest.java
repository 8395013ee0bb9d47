package dev.selfheal;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.ImportOption.OnlyIncludeTests;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** The calls that only one place may make, or none. */
class ForbiddenCallsTest {

  private static final JavaClasses MAIN = imported(new DoNotIncludeTests());
  private static final JavaClasses TESTS = imported(new OnlyIncludeTests());

  @Test
  void timeComesFromAnInjectedClockOutsideTheWiring() {
    check(
        outsideApp(
            calls("something that asks the system for the time", ForbiddenCallsTest::tellsTime)));
  }

  @Test
  void nothingSleepsOutsideTheWiring() {
    check(outsideApp(calls("sleep", ForbiddenCallsTest::sleeps)));
  }

  @Test
  void noTestSleeps() {
    noClasses().should().accessTargetWhere(calls("sleep", ForbiddenCallsTest::sleeps)).check(TESTS);
  }

  @Test
  void onlyMainEndsTheProcess() {
    check(
        noClasses()
            .that()
            .doNotHaveFullyQualifiedName("dev.selfheal.cli.Main")
            .should()
            .accessTargetWhere(
                calls("the end of the process", ForbiddenCallsTest::endsTheProcess)));
  }

  @Test
  void loggingGoesThroughSlf4j() {
    check(noClasses().should().dependOnClassesThat().resideInAPackage("java.util.logging.."));
  }

  private static ArchRule outsideApp(DescribedPredicate<JavaAccess<?>> forbidden) {
    return noClasses()
        .that()
        .resideOutsideOfPackage("dev.selfheal.app..")
        .should()
        .accessTargetWhere(forbidden);
  }

  private static boolean tellsTime(AccessTarget target) {
    String type = target.getOwner().getName();
    return switch (target.getName()) {
      case "currentTimeMillis", "nanoTime" -> type.equals("java.lang.System");
      case "now" -> type.startsWith("java.time.") && !takesAClock(target);
      case "<init>" -> type.equals("java.util.Date") && parametersOf(target).isEmpty();
      default -> isSystemClock(type, target.getName());
    };
  }

  /** {@code Clock.systemUTC()}, and the likes of {@code tickSeconds}, which wrap it. */
  private static boolean isSystemClock(String type, String method) {
    return type.equals("java.time.Clock")
        && (method.startsWith("system") || method.matches("tick(Millis|Seconds|Minutes)"));
  }

  private static boolean takesAClock(AccessTarget target) {
    return parametersOf(target).contains(Clock.class.getName());
  }

  private static List<String> parametersOf(AccessTarget target) {
    return target instanceof CodeUnitAccessTarget code
        ? code.getRawParameterTypes().stream().map(JavaClass::getName).toList()
        : List.of();
  }

  private static boolean sleeps(AccessTarget target) {
    return target.getName().equals("sleep")
        && Set.of("java.lang.Thread", "java.util.concurrent.TimeUnit")
            .contains(target.getOwner().getName());
  }

  private static boolean endsTheProcess(AccessTarget target) {
    return Set.of("exit", "halt").contains(target.getName())
        && Set.of("java.lang.System", "java.lang.Runtime").contains(target.getOwner().getName());
  }

  private static DescribedPredicate<JavaAccess<?>> calls(
      String what, Predicate<AccessTarget> matches) {
    return describe(what, access -> matches.test(access.getTarget()));
  }

  /** A layer that does not exist yet breaks no rule. */
  private static void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(MAIN);
  }

  private static JavaClasses imported(ImportOption which) {
    return new ClassFileImporter().withImportOption(which).importPackages("dev.selfheal");
  }
}
