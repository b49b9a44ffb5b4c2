/**
 * This application's own instance: its name, address and status, and when it joins the
 * mesh and leaves it.
 */
@NullMarked
package io.meshup.spring.instance;

import org.jspecify.annotations.NullMarked;
