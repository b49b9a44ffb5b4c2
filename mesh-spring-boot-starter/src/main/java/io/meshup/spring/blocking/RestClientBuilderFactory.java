package io.meshup.spring.blocking;

import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;

import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;
import org.springframework.web.client.RestClient;

/**
 * Reads the request factory that a builder would use. Spring offers no public way to it,
 * and an interceptor in its stead would hold every body in memory; where the way is gone,
 * the interceptor is what remains.
 */
final class RestClientBuilderFactory {

	private static final @Nullable Method METHOD = find();

	private RestClientBuilderFactory() {
	}

	/**
	 * Whether Spring's own builder can be read.
	 * @return {@code false} where interceptors are used
	 */
	static boolean isReadable() {
		return METHOD != null;
	}

	/**
	 * The factory that was set, or the default one.
	 * @param builder the builder
	 * @return the factory, or {@code null} where it cannot be read
	 */
	static @Nullable ClientHttpRequestFactory of(RestClient.Builder builder) {
		RestClient.Builder original = MeshRestClientBuilder.original(builder);
		if (METHOD == null || !METHOD.getDeclaringClass().isInstance(original)) {
			return null;
		}
		return (ClientHttpRequestFactory) ReflectionUtils.invokeMethod(METHOD, original);
	}

	private static @Nullable Method find() {
		try {
			Class<?> type = ClassUtils.forName("org.springframework.web.client.DefaultRestClientBuilder",
					RestClient.class.getClassLoader());
			Method method = ReflectionUtils.findMethod(type, "initRequestFactory");
			if (method == null || !ClientHttpRequestFactory.class.isAssignableFrom(method.getReturnType())) {
				return null;
			}
			method.setAccessible(true);
			return method;
		}
		catch (ClassNotFoundException | InaccessibleObjectException ex) {
			return null;
		}
	}

}
