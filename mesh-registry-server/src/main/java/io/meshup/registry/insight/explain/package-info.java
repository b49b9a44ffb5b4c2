/**
 * What would become of a request, as far as the registry knows.
 */
@NullMarked
package io.meshup.registry.insight.explain;

import org.jspecify.annotations.NullMarked;
