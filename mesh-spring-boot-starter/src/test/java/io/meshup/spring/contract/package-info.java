/**
 * What every kind of HTTP client must do in the mesh, run by each of them.
 */
@NullMarked
package io.meshup.spring.contract;

import org.jspecify.annotations.NullMarked;
