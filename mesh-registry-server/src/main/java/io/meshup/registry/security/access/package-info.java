/**
 * Who may call what: the one table.
 */
@NullMarked
package io.meshup.registry.security.access;

import org.jspecify.annotations.NullMarked;
