package io.meshup.spring.client;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.meshup.spring.setting.MeshProperties.Intercept;

import org.springframework.context.annotation.Conditional;

/**
 * Matches where {@code mesh.client.intercept} includes these clients.
 */
@Documented
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@Conditional(OnInterceptCondition.class)
public @interface ConditionalOnIntercept {

	/**
	 * Which clients: all, or only the load-balanced ones.
	 * @return the clients
	 */
	Intercept value();

}
