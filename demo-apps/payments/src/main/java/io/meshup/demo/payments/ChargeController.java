package io.meshup.demo.payments;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Charges orders. The caller names the charge, so that a call can be repeated.
 */
@RestController
final class ChargeController {

	private final CardNetwork network;

	ChargeController(CardNetwork network) {
		this.network = network;
	}

	@PutMapping("/charges/{order}")
	Receipt charge(@PathVariable String order, @RequestBody Charge charge) throws InterruptedException {
		if (charge.cents() < 1) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST,
					"'cents' must be at least 1 but was " + charge.cents());
		}
		CardNetwork.Outcome outcome = this.network.next();
		Thread.sleep(outcome.delay().toMillis());
		if (!outcome.answers()) {
			throw new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE,
					"The card network does not answer. Order '" + order + "' was not charged; try again.");
		}
		return new Receipt(order, charge.cents());
	}

}
