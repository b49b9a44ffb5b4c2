package io.meshup.e2e.mesh;

import java.util.List;

import io.meshup.e2e.load.OpenLoad;
import io.meshup.e2e.machine.Http;
import io.meshup.e2e.machine.JavaProcess;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A small mesh that several test classes use one after the other, because the start of
 * each process takes seconds: two instances of stock (v1 and v2), the callers shop and
 * office, and a gateway. Starts with the first class that asks and ends with the last
 * class of all. Who uses it brings stock's route into the state that it needs, and leaves
 * behind what it found running.
 */
public record SharedMesh(Mesh mesh, List<JavaProcess> stock, JavaProcess shop, JavaProcess office,
		JavaProcess gateway) implements AutoCloseable {

	/**
	 * The order of classes that use it: after all others, so that it does not run beside
	 * them.
	 */
	public static final int LAST = Integer.MAX_VALUE - 2;

	public static SharedMesh start() {
		Mesh mesh = Mesh.start();
		List<JavaProcess> started = List.of(mesh.probe("stock", "v1"), mesh.probe("stock", "v2"),
				mesh.probe("shop", "v1"), mesh.probe("office", "v1"), mesh.gateway());
		started.forEach(JavaProcess::awaitStarted);
		mesh.awaitUp("stock", 2);
		mesh.awaitUp("shop", 1);
		mesh.awaitUp("office", 1);
		mesh.awaitUp("gateway", 1);
		return new SharedMesh(mesh, started.subList(0, 2), started.get(2), started.get(3), started.get(4));
	}

	public RunningRegistry registry() {
		return this.mesh.registry();
	}

	/**
	 * 200 calls a second of shop to stock.
	 */
	public OpenLoad load() {
		return OpenLoad.start(this.shop.uri("/relay?uri=" + Http.encode("http://stock/who")), 200);
	}

	public void removeRoute() {
		int status = registry().send("DELETE", "/api/v1/rules/Route/stock", "").statusCode();
		if (status / 100 != 2 && status != 404) {
			throw new IllegalStateException("the route of stock is still there, answer " + status);
		}
	}

	@Override
	public void close() {
		this.mesh.close();
	}

	/**
	 * Gives the mesh to whoever asks for it as a parameter.
	 */
	public static final class Resolver implements ParameterResolver {

		@Override
		public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
			return parameter.getParameter().getType() == SharedMesh.class;
		}

		@Override
		public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
			return context.getRoot()
				.getStore(ExtensionContext.Namespace.GLOBAL)
				.computeIfAbsent(SharedMesh.class, (key) -> start(), SharedMesh.class);
		}

	}

}
