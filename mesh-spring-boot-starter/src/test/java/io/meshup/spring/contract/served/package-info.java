/**
 * What an application that serves hands on with the calls that it makes meanwhile.
 */
@NullMarked
package io.meshup.spring.contract.served;

import org.jspecify.annotations.NullMarked;
