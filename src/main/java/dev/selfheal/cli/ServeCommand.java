package dev.selfheal.cli;

import dev.selfheal.app.SelfhealServer;
import dev.selfheal.app.Startup;
import dev.selfheal.app.StartupException;
import dev.selfheal.app.Supervisor;
import dev.selfheal.app.ThisHost;
import dev.selfheal.app.World;
import dev.selfheal.config.Config;
import dev.selfheal.config.ConfigLoader;
import dev.selfheal.config.LoadResult;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs the webhook receiver until it is told to end. */
@Command(
    name = "serve",
    description = "Runs the webhook receiver: SIGTERM ends it, SIGHUP reloads its configuration.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class ServeCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private ConfigOption configuration;

  @Override
  public Integer call() throws IOException, InterruptedException {
    LoadResult read = read();
    if (read instanceof LoadResult.Rejected rejected) {
      rejected.problems().forEach(problem -> spec.commandLine().getErr().println(problem));
      return 2;
    }
    LoadResult.Loaded loaded = (LoadResult.Loaded) read;
    World world = World.real();
    try (SelfhealServer server =
        SelfhealServer.start(new Startup(loaded.config(), this::read, Version.read(), world))) {
      return run(server, loaded, world.supervisor());
    } catch (StartupException e) {
      spec.commandLine().getErr().println("selfheal serve: " + e.getMessage());
      return e.usersMistake() ? 2 : 1;
    }
  }

  private int run(SelfhealServer server, LoadResult.Loaded loaded, Supervisor supervisor)
      throws InterruptedException {
    Logger log = LoggerFactory.getLogger(ServeCommand.class);
    loaded.warnings().forEach(warning -> log.warn("configuration: {}", warning));
    Signals.handle("TERM", server::stop);
    Signals.handle("INT", server::stop);
    Signals.handle("HUP", server::reload);
    Config config = loaded.config();
    log.info(
        "listening on {} port {}: {}, ledger {}",
        config.listen().host(),
        server.port(),
        Words.count(config.targets().size(), "target"),
        config.ledger().sqlite());
    supervisor.ready("watches over " + Words.count(config.targets().size(), "target"));
    return server.awaitEnd() ? 0 : 1;
  }

  private LoadResult read() {
    if (configuration.isAbsent()) {
      Config config = ConfigLoader.defaults(ThisHost.names());
      return new LoadResult.Loaded(config, ConfigLoader.warnings(config));
    }
    return ConfigLoader.load(configuration.file(), System.getenv(), ThisHost::names);
  }
}
