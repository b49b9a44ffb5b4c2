package io.meshup.cache;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CacheControlTests {

	@Test
	void readsDirectivesInAnyCase() {
		CacheControl control = CacheControl.of("Public , MAX-AGE=\"60\",s-maxage= 5");

		assertThat(control.has("public")).isTrue();
		assertThat(control.seconds("max-age")).isEqualTo(60);
		assertThat(control.seconds("s-maxage")).isEqualTo(5);
		assertThat(control.seconds("stale-if-error")).isEqualTo(-1);
	}

	@Test
	void takesALimitedDirectiveForAWholeOne() {
		CacheControl control = CacheControl.of("no-cache=\"set-cookie, public\", max-age=1");

		assertThat(control.has("no-cache")).isTrue();
		assertThat(control.has("public")).isFalse();
		assertThat(control.seconds("max-age")).isEqualTo(1);
	}

	@Test
	void takesWhatItCannotReadForOld() {
		assertThat(CacheControl.of("max-age=soon").seconds("max-age")).isZero();
		assertThat(CacheControl.of("max-age=-5").seconds("max-age")).isZero();
		assertThat(CacheControl.of("max-age=99999999999999").seconds("max-age")).isEqualTo(999_999_999);
		assertThat(CacheControl.of("max-age=1, max-age=60").seconds("max-age")).isEqualTo(1);
		assertThat(CacheControl.of(null).has("public")).isFalse();
		assertThat(CacheControl.of(",,=\"").has("public")).isFalse();
	}

}
