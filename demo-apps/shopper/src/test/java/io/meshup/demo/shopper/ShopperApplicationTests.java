package io.meshup.demo.shopper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.awaitility.Awaitility.await;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "shopper.rate=200", "shopper.max-in-flight=5" })
class ShopperApplicationTests {

	private static final Set<String> doors = ConcurrentHashMap.newKeySet();

	private static final CountDownLatch open = new CountDownLatch(1);

	private static final HttpServer server = server();

	private final Traffic traffic;

	ShopperApplicationTests(@Autowired Traffic traffic) {
		this.traffic = traffic;
	}

	@DynamicPropertySource
	static void urls(DynamicPropertyRegistry properties) {
		String url = "http://127.0.0.1:" + server.getAddress().getPort();
		properties.add("shopper.storefront-url", () -> url);
		properties.add("shopper.gateway-url", () -> url + "/storefront");
	}

	@AfterAll
	static void close() {
		open.countDown();
		server.stop(0);
	}

	@Test
	void goesOnWhileTheShopIsSlowAndServesBothDoorsOnceItIsNot() {
		await().atMost(Duration.ofSeconds(30)).until(() -> this.traffic.tally().take().leftOut() > 0);

		open.countDown();

		await().atMost(Duration.ofSeconds(30)).until(() -> doors.containsAll(Set.of("GET /api", "GET /storefront")));
		await().atMost(Duration.ofSeconds(30)).until(() -> doors.contains("POST /api"));
		await().atMost(Duration.ofSeconds(30)).until(() -> this.traffic.tally().take().served() > 20);
	}

	private static HttpServer server() {
		try {
			HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
			server.createContext("/", ShopperApplicationTests::handle);
			server.setExecutor(Executors.newCachedThreadPool());
			server.start();
			return server;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void handle(HttpExchange exchange) throws IOException {
		try {
			open.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		doors.add(exchange.getRequestMethod() + " /" + exchange.getRequestURI().getPath().split("/")[1]);
		exchange.sendResponseHeaders(200, -1);
		exchange.close();
	}

}
