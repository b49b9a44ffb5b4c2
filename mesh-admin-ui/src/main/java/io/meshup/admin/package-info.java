/**
 * Serves the dashboard's files.
 */
@NullMarked
package io.meshup.admin;

import org.jspecify.annotations.NullMarked;
