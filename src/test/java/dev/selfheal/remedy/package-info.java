/** The policy, sentence by sentence, as timelines with a clock of their own. */
@NullMarked
package dev.selfheal.remedy;

import org.jspecify.annotations.NullMarked;
