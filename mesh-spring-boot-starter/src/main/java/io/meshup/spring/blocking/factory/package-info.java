/**
 * The entrance of RestClient, RestTemplate and HTTP interfaces at their request factory,
 * where bodies stream; and the interceptor of last resort.
 */
@NullMarked
package io.meshup.spring.blocking.factory;

import org.jspecify.annotations.NullMarked;
