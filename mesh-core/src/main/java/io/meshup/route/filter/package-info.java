/**
 * What a rule changes about requests and responses.
 */
@NullMarked
package io.meshup.route.filter;

import org.jspecify.annotations.NullMarked;
