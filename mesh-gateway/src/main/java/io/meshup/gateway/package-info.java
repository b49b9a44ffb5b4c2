/**
 * The gateway: every service of the mesh behind one address.
 */
@NullMarked
package io.meshup.gateway;

import org.jspecify.annotations.NullMarked;
