/**
 * What clients do with instances and networks that fail.
 */
@NullMarked
package io.meshup.spring.contract.fault;

import org.jspecify.annotations.NullMarked;
