/**
 * The settings under mesh.*, their grammar, and what an application is told that starts
 * with a wrong one.
 */
@NullMarked
package io.meshup.spring.setting;

import org.jspecify.annotations.NullMarked;
