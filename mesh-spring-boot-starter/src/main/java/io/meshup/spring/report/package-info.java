/**
 * What of the mesh is active and why: the actuator endpoint mesh, the health contributor
 * and the line in the log.
 */
@NullMarked
package io.meshup.spring.report;

import org.jspecify.annotations.NullMarked;
