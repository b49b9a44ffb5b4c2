package io.meshup.spring.blocking;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/**
 * A builder that puts the entrance around each request factory it is given, so that
 * {@code builder.requestFactory(...)} in an application does not leave the mesh. A
 * dynamic proxy, because Spring adds methods to the builder with nearly every version.
 */
final class MeshRestClientBuilder implements InvocationHandler {

	private final RestClient.Builder builder;

	private final UnaryOperator<ClientHttpRequestFactory> entrance;

	private MeshRestClientBuilder(RestClient.Builder builder, UnaryOperator<ClientHttpRequestFactory> entrance) {
		this.builder = builder;
		this.entrance = entrance;
	}

	static RestClient.Builder around(RestClient.Builder builder, UnaryOperator<ClientHttpRequestFactory> entrance) {
		return (RestClient.Builder) Proxy.newProxyInstance(RestClient.Builder.class.getClassLoader(),
				new Class<?>[] { RestClient.Builder.class }, new MeshRestClientBuilder(original(builder), entrance));
	}

	/**
	 * The builder below.
	 * @param builder a builder
	 * @return the one that it stands for, or itself
	 */
	static RestClient.Builder original(RestClient.Builder builder) {
		boolean ours = Proxy.isProxyClass(builder.getClass())
				&& Proxy.getInvocationHandler(builder) instanceof MeshRestClientBuilder;
		return ours ? ((MeshRestClientBuilder) Proxy.getInvocationHandler(builder)).builder : builder;
	}

	@Override
	@SuppressWarnings("unchecked")
	public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
		if (arguments == null) {
			return method.getName().equals("clone") ? around(this.builder.clone(), this.entrance)
					: result(proxy, method, new Object[0]);
		}
		return switch (method.getName()) {
			case "equals" -> proxy == arguments[0];
			case "apply" -> {
				((Consumer<Object>) arguments[0]).accept(proxy);
				yield proxy;
			}
			case "requestFactory" ->
				result(proxy, method, this.entrance.apply((ClientHttpRequestFactory) arguments[0]));
			default -> result(proxy, method, arguments);
		};
	}

	private @Nullable Object result(Object proxy, Method method, Object... arguments) throws Throwable {
		try {
			Object result = method.invoke(this.builder, arguments);
			return (result == this.builder) ? proxy : result;
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

}
