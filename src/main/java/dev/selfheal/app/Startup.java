package dev.selfheal.app;

import dev.selfheal.config.Config;
import dev.selfheal.config.LoadResult;
import java.util.function.Supplier;

/**
 * What a receiver is started with.
 *
 * @param config checked and complete
 * @param reread reads the configuration again, for a reload
 * @param version of this program
 */
public record Startup(Config config, Supplier<LoadResult> reread, String version, World world) {}
