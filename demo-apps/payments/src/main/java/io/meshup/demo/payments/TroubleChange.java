package io.meshup.demo.payments;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * The body of {@code PATCH /trouble}: what it leaves out stays as it is.
 *
 * @param failureShare share of charges answered 503, 0 to 1
 * @param slowShare share of charges that take {@code slowDelay}, 0 to 1
 * @param slowDelay how long a slow charge takes, such as PT0.4S
 */
record TroubleChange(@Nullable Double failureShare, @Nullable Double slowShare, @Nullable Duration slowDelay) {

	Trouble applyTo(Trouble trouble) {
		return new Trouble((this.failureShare != null) ? this.failureShare : trouble.failureShare(),
				(this.slowShare != null) ? this.slowShare : trouble.slowShare(),
				(this.slowDelay != null) ? this.slowDelay : trouble.slowDelay());
	}

}
