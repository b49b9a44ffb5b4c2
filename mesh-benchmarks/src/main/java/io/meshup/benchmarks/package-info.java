/**
 * What a call through the mesh costs, beside peers in the same run.
 */
@NullMarked
package io.meshup.benchmarks;

import org.jspecify.annotations.NullMarked;
