package io.meshup.gateway;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Tests with {@link OwnAdditions}: each request passes all of Spring Cloud Gateway,
 * whereas without them it goes the straight way.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface Roundabout {

}
