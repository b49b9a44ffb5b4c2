/**
 * The entrance of OpenFeign clients: a capability around each client.
 */
@NullMarked
package io.meshup.spring.blocking.feign;

import org.jspecify.annotations.NullMarked;
