package io.meshup.demo.orders;

/**
 * What a customer wants.
 *
 * @param article the article's id
 * @param quantity how many, 1 to 10
 * @param unitCents what one costs
 */
record OrderRequest(String article, int quantity, long unitCents) {

	private static final int MAX_QUANTITY = 10;

	private static final long MAX_UNIT_CENTS = 1_000_000;

	@SuppressWarnings("ConstantValue")
	OrderRequest {
		if (article == null || article.isBlank()) {
			throw new IllegalArgumentException("'article' must be the id of an article but was missing");
		}
		if (quantity < 1 || quantity > MAX_QUANTITY) {
			throw new IllegalArgumentException(
					"'quantity' must be between 1 and " + MAX_QUANTITY + " but was " + quantity);
		}
		if (unitCents < 1 || unitCents > MAX_UNIT_CENTS) {
			throw new IllegalArgumentException(
					"'unitCents' must be between 1 and " + MAX_UNIT_CENTS + " but was " + unitCents);
		}
	}

	long totalCents() {
		return this.quantity * this.unitCents;
	}

}
