/**
 * Makes an application a participant: the engine, put together from the packages below,
 * and whether there is one at all.
 */
@NullMarked
package io.meshup.spring;

import org.jspecify.annotations.NullMarked;
