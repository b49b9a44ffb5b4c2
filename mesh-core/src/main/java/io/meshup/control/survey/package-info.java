/**
 * What is seen of services that are not watched, for a first call while the registry is
 * away.
 */
@NullMarked
package io.meshup.control.survey;

import org.jspecify.annotations.NullMarked;
