/**
 * RestClient, RestTemplate, HTTP interface clients and OpenFeign on the traffic engine.
 */
@NullMarked
package io.meshup.spring.blocking;

import org.jspecify.annotations.NullMarked;
