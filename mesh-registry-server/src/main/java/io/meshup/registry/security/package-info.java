/**
 * Who may do what: the join token, the administrator's password, sessions, and the rules
 * of the doors.
 */
@NullMarked
package io.meshup.registry.security;

import org.jspecify.annotations.NullMarked;
