package io.meshup.demo.shopper;

import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

import org.springframework.http.HttpMethod;

/**
 * What one customer does: one request at the shop.
 *
 * @param throughGateway whether it comes from outside the mesh
 * @param method GET to look, POST to order
 * @param path what is asked for
 * @param body the basket of an order; else empty
 */
record Visit(boolean throughGateway, HttpMethod method, String path, Map<String, Object> body) {

	private static final List<String> ARTICLES = List.of("espresso-cups", "teapot", "french-press", "kettle",
			"hand-grinder", "milk-jug", "tea-tin", "golden-spoon");

	static Visit draw(ShopperProperties properties, RandomGenerator random) {
		boolean throughGateway = random.nextDouble() < properties.gatewayShare();
		String article = ARTICLES.get(random.nextInt(ARTICLES.size()));
		if (random.nextDouble() < properties.orderShare()) {
			return new Visit(throughGateway, HttpMethod.POST, "/api/orders",
					Map.of("article", article, "quantity", random.nextInt(1, 3)));
		}
		String path = random.nextBoolean() ? "/api/articles" : "/api/articles/" + article;
		return new Visit(throughGateway, HttpMethod.GET, path, Map.of());
	}

}
