/**
 * The services as this process calls them: rules in force, breakers, totals, and what the
 * first calls wait for.
 */
@NullMarked
package io.meshup.traffic.table;

import org.jspecify.annotations.NullMarked;
