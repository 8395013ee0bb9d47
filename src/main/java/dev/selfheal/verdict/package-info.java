/** What the page that an exporter of ours writes says about its server. */
@NullMarked
package dev.selfheal.verdict;

import org.jspecify.annotations.NullMarked;
