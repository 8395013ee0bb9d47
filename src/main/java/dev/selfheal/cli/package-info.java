/**
 * The command line: one picocli command per subcommand; {@code Main} turns results into exit codes.
 */
@NullMarked
package dev.selfheal.cli;

import org.jspecify.annotations.NullMarked;
