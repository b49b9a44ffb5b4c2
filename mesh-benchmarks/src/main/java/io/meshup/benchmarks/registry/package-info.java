/**
 * What a registry of many instances costs, beside an Eureka server in the same run.
 */
@NullMarked
package io.meshup.benchmarks.registry;

import org.jspecify.annotations.NullMarked;
