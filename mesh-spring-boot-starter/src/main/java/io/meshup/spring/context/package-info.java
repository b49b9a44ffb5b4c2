/**
 * Carries the context of the request being served across the application's threads.
 */
@NullMarked
package io.meshup.spring.context;

import org.jspecify.annotations.NullMarked;
