/**
 * The guided run, and the fake Ollama on which it and the tests depend: a real tree of processes
 * with real sockets that behaves as was recorded of two real versions.
 *
 * <p>The fake's processes begin as {@link dev.selfheal.demo.FakeServe} and {@link
 * dev.selfheal.demo.FakeRunner}; {@link dev.selfheal.demo.FakeOllama} starts and commands them. The
 * fake uses the JDK alone, so that it starts in a tenth of a second.
 */
@NullMarked
package dev.selfheal.demo;

import org.jspecify.annotations.NullMarked;
