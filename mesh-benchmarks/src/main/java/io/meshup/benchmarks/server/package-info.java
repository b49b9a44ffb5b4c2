/**
 * Processes that take part in a comparison: Java servers, nginx, HAProxy and what they
 * all call.
 */
@NullMarked
package io.meshup.benchmarks.server;

import org.jspecify.annotations.NullMarked;
